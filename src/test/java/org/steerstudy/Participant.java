package org.steerstudy;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A participant in tests: holds the session's cookie and speaks the HTTP interface. */
public final class Participant {

  private final Map<String, String> cookies;
  private final String session;

  private Participant(Map<String, String> cookies, String session) {
    this.cookies = cookies;
    this.session = session;
  }

  /** Opens a link as a browser would, without following the redirect. */
  public static Participant open(String token) {
    Response response = given().redirects().follow(false).get("/p/" + token);
    response.then().statusCode(303);
    String location = response.header("Location");
    return new Participant(response.cookies(), location.substring(location.lastIndexOf('/') + 1));
  }

  public UUID session() {
    return UUID.fromString(session);
  }

  public ValidatableResponse state() {
    return given().cookies(cookies).get("/api/sessions/" + session).then();
  }

  public ValidatableResponse page() {
    return given().cookies(cookies).accept("text/html").get("/sessions/" + session).then();
  }

  public ValidatableResponse get(String path) {
    return given().cookies(cookies).get("/api/sessions/" + session + path).then();
  }

  public ValidatableResponse post(String path, Object body) {
    return given()
        .cookies(cookies)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/sessions/" + session + path)
        .then();
  }

  /** Completes a step with item, value, item, value, ... */
  public ValidatableResponse complete(String step, Object... answers) {
    return post("/steps/" + step + "/complete", Map.of("answers", answers(answers)));
  }

  public ValidatableResponse answer(String step, Object... answers) {
    return post("/steps/" + step + "/answers", Map.of("answers", answers(answers)));
  }

  public Participant consents() {
    complete("consent", "agree", true).statusCode(200);
    return this;
  }

  public Participant reachesTheTask() {
    consents().complete("before", "role", "research", "years", 4).statusCode(200);
    return this;
  }

  /** Sends events of one tab with these numbers; the number decides id and content. */
  public ValidatableResponse sends(UUID tab, int... numbers) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int number : numbers) {
      events.add(event(tab, number, Map.of("n", number)));
    }
    return sends(tab, events);
  }

  public ValidatableResponse sends(UUID tab, List<Map<String, Object>> events) {
    return post("/events", Map.of("tabId", tab, "sentAt", 1_000_000L, "events", events));
  }

  public static Map<String, Object> event(UUID tab, int number, Map<String, Object> payload) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventId", UUID.nameUUIDFromBytes((tab + "/" + number).getBytes()));
    event.put("seq", number);
    event.put("type", "test.event");
    event.put("clientTime", 1_000_000L + number);
    event.put("monoMs", 0.5 + number);
    event.put("payload", payload);
    return event;
  }

  public ValidatableResponse finishes(UUID tab, long last) {
    return post("/finish", Map.of("tabs", List.of(Map.of("tabId", tab, "lastSeq", last))));
  }

  private static List<Map<String, Object>> answers(Object... itemsAndValues) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (int i = 0; i < itemsAndValues.length; i += 2) {
      answers.add(Map.of("item", itemsAndValues[i], "value", itemsAndValues[i + 1]));
    }
    return answers;
  }
}
