package org.steerstudy.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a request whose announced length is over the limit with a problem document, before
 * anything of it is read. (The server's own check, which comes after this one, answers with
 * nothing.)
 */
@ApplicationScoped
class BodyLimit {

  /** Before the server's own check. */
  private static final int PRIORITY = 1000;

  private final long limit;
  private final ObjectMapper json;

  BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ObjectMapper json) {
    this.limit = limit.asLongValue();
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext context) {
    if (announcedLength(context) <= limit) {
      context.next();
      return;
    }
    Problem problem =
        new Problem(
            413,
            "Request too large",
            "At most "
                + limit
                + " bytes are taken at once; nothing was stored. Send less, or in several requests.",
            Map.of("limitBytes", limit));
    // What is still on its way is not read, so the connection cannot be used again.
    context.response().endHandler(ended -> context.request().connection().close());
    context
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(text(problem));
  }

  private static long announcedLength(RoutingContext context) {
    String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private String text(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is representable as JSON", e);
    }
  }
}
