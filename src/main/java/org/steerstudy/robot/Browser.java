package org.steerstudy.robot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a browser as a robot needs: it keeps the cookies of one server, follows no redirect by
 * itself, waits a bounded time, and turns what the server refuses into a {@link RobotException}.
 */
final class Browser {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private static final Pattern TITLE = Pattern.compile("<title>([^<]*)</title>");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final URI server;

  Browser(URI server) {
    this.server = server;
  }

  /** An answer of whatever status. */
  record Answer(URI address, int status, String contentType, String location, String body) {

    boolean ok() {
      return status / 100 == 2;
    }
  }

  ObjectMapper json() {
    return json;
  }

  /** JSON at a path; anything but a success is an exception. */
  JsonNode get(String path) {
    return read("GET", send(request(path, "application/json").GET(), "GET"));
  }

  /** The answer to JSON sent to a path; anything but a success is an exception. */
  JsonNode post(String path, JsonNode body) {
    return read("POST", postForAnswer(path, body));
  }

  /** The same for a request that may be refused. */
  Answer postForAnswer(String path, JsonNode body) {
    return send(
        request(path, "application/json")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())),
        "POST");
  }

  /** A page that must be there. */
  Answer page(String path) {
    Answer answer = pageOrRedirect(path);
    if (!answer.ok() || !answer.contentType().startsWith("text/html")) {
      throw refused("GET", answer);
    }
    return answer;
  }

  Answer pageOrRedirect(String path) {
    return send(request(path, "text/html").GET(), "GET");
  }

  /** Sends a form as a page of this server would. */
  Answer form(String path, Map<String, String> fields) {
    String encoded =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path, "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(BodyPublishers.ofString(encoded)),
        "POST");
  }

  /** Raw bytes, such as a picture. */
  byte[] bytes(String path) {
    HttpResponse<byte[]> response =
        exchange(request(path, "*/*").GET(), "GET", BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw refused("GET", answer(response, new String(response.body(), StandardCharsets.UTF_8)));
    }
    return response.body();
  }

  /**
   * Downloads into a file that is written as the bytes arrive; no file is written for a refusal.
   */
  void download(String path, Path file) {
    HttpResponse<String> response =
        exchange(
            request(path, "*/*").GET(),
            "GET",
            head ->
                head.statusCode() == 200
                    ? BodySubscribers.mapping(BodySubscribers.ofFile(file), Path::toString)
                    : BodySubscribers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw refused("GET", answer(response, response.body()));
    }
  }

  RobotException refused(String method, Answer answer) {
    return RobotException.refused(method, answer.address(), answer.status(), detail(answer));
  }

  JsonNode parse(Answer answer) {
    try {
      return json.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw RobotException.notJson(answer.address(), e);
    }
  }

  private JsonNode read(String method, Answer answer) {
    if (!answer.ok()) {
      throw refused(method, answer);
    }
    return parse(answer);
  }

  /** The problem document's words, with the errors of single items if it has them. */
  private String detail(Answer answer) {
    if (answer.location() != null) {
      return "leads on to " + answer.location();
    }
    if (!answer.contentType().contains("json")) {
      Matcher title = TITLE.matcher(answer.body());
      return title.find() ? "a page \"" + title.group(1).strip() + "\"" : answer.contentType();
    }
    JsonNode problem = parse(answer);
    String detail = problem.path("detail").asText(problem.toString());
    return problem.has("errors") ? detail + " " + problem.get("errors") : detail;
  }

  private Answer send(HttpRequest.Builder request, String method) {
    HttpResponse<String> response = exchange(request, method, BodyHandlers.ofString());
    return answer(response, response.body());
  }

  private static Answer answer(HttpResponse<?> response, String body) {
    return new Answer(
        response.uri(),
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.headers().firstValue("Location").orElse(null),
        body);
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder builder, String method, BodyHandler<T> handler) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<T> response = http.send(request, handler);
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (HttpTimeoutException e) {
      throw RobotException.late(method, request.uri(), ANSWER, e);
    } catch (IOException e) {
      throw RobotException.unreachable(method, request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RobotException.interrupted(method, request.uri(), e);
    }
  }

  private HttpRequest.Builder request(String path, String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER).header("Accept", accept);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  /** Everything is one server and one visit, so name, value and removal are all that matters. */
  private void keep(String setCookie) {
    String[] parts = setCookie.split(";");
    int equals = parts[0].indexOf('=');
    if (equals < 1) {
      return;
    }
    String name = parts[0].substring(0, equals).strip();
    boolean removed = false;
    for (int i = 1; i < parts.length; i++) {
      removed |= parts[i].strip().equalsIgnoreCase("Max-Age=0");
    }
    if (removed) {
      cookies.remove(name);
    } else {
      cookies.put(name, parts[0].substring(equals + 1).strip());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
