package org.steerstudy.telemetry;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;

/** The server's clock, for browsers that want to know how far theirs is off. */
@Path("/api/time")
@Produces(MediaType.APPLICATION_JSON)
public class TimeResource {

  private final Clock clock;

  TimeResource(Clock clock) {
    this.clock = clock;
  }

  /** Milliseconds since 1970 by the server's clock. */
  public record Now(long now) {}

  @GET
  public Now now() {
    return new Now(clock.millis());
  }
}
