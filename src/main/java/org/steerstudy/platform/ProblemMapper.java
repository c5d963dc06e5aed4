package org.steerstudy.platform;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place that turns exceptions into answers: a problem document for programs, a page for
 * browsers. What is not foreseen is logged under a number that the answer names; a stack trace
 * never leaves the server.
 */
@ApplicationScoped
public class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  private final Template page;

  ProblemMapper(@Location("problem.html") Template page) {
    this.page = page;
  }

  @ServerExceptionMapper
  public Response known(
      ProblemException exception, HttpHeaders headers, HttpServerRequest request) {
    return answer(exception.problem(), headers, request);
  }

  @ServerExceptionMapper
  public Response invalid(
      ConstraintViolationException exception, HttpHeaders headers, HttpServerRequest request) {
    List<Map<String, String>> errors =
        exception.getConstraintViolations().stream()
            .map(v -> Map.of("field", v.getPropertyPath().toString(), "message", v.getMessage()))
            .toList();
    return answer(
        new Problem(
            400,
            "Bad request",
            "The request does not have the form that is asked for; nothing was stored. See 'errors'.",
            Map.of("errors", errors)),
        headers,
        request);
  }

  @ServerExceptionMapper
  public Response malformed(
      JsonProcessingException exception, HttpHeaders headers, HttpServerRequest request) {
    JsonLocation at = exception.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return answer(
        new Problem(
            400,
            "Bad request",
            "The JSON cannot be read"
                + where
                + ": "
                + exception.getOriginalMessage().lines().findFirst().orElse("")
                + " Nothing was stored.",
            Map.of()),
        headers,
        request);
  }

  @ServerExceptionMapper
  public Response ofHttp(
      WebApplicationException exception, HttpHeaders headers, HttpServerRequest request) {
    if (exception.getCause() instanceof JsonProcessingException json) {
      return malformed(json, headers, request);
    }
    int status = exception.getResponse().getStatus();
    if (status < 400) {
      return exception.getResponse();
    }
    String reason = exception.getResponse().getStatusInfo().getReasonPhrase();
    String detail =
        switch (status) {
          case 404 -> "There is nothing at this address. Check the link for missing characters.";
          case 405 -> "This address does not take a " + request.method() + " request.";
          case 413 -> "The request is larger than this server accepts; nothing was stored.";
          case 415 -> "Send the body as application/json.";
          default -> "The request could not be answered; nothing was stored.";
        };
    return answer(new Problem(status, reason, detail, Map.of()), headers, request);
  }

  @ServerExceptionMapper
  public Response unforeseen(Throwable exception, HttpHeaders headers, HttpServerRequest request) {
    String number = Ids.next().toString();
    LOG.errorf(exception, "Problem %s at %s %s", number, request.method(), request.path());
    return answer(
        new Problem(
            500,
            "Internal error",
            "Something failed that should not. What was saved before is kept; try again, and if it"
                + " happens again, report the problem number.",
            Map.of("problem", number)),
        headers,
        request);
  }

  private Response answer(Problem problem, HttpHeaders headers, HttpServerRequest request) {
    boolean browser =
        !request.path().startsWith("/api/")
            && headers.getAcceptableMediaTypes().stream()
                .anyMatch(
                    type -> type.isCompatible(MediaType.TEXT_HTML_TYPE) && !type.isWildcardType());
    if (browser) {
      String html =
          page.data("title", problem.title())
              .data("status", problem.status())
              .data("detail", problem.detail())
              .render();
      return Response.status(problem.status()).type(MediaType.TEXT_HTML_TYPE).entity(html).build();
    }
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
