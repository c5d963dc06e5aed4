package org.steerstudy.session;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.telemetry.EventBatch;
import org.steerstudy.telemetry.EventLog;
import org.steerstudy.telemetry.Receipt;

/** A participant's session over HTTP. */
@ParticipantOnly
@Path("/api/sessions/{sessionId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionResource {

  private final SessionProgress progress;
  private final EventLog events;

  SessionResource(SessionProgress progress, EventLog events) {
    this.progress = progress;
    this.events = events;
  }

  /** Answers to items of the open step. */
  public record AnswersRequest(
      @NotNull @Size(max = 200, message = "at most 200 answers")
          List<@NotNull @Valid GivenAnswer> answers) {}

  /** What the browser says it has recorded, tab by tab. */
  public record FinishRequest(@NotNull @Size(max = 100) List<@NotNull @Valid Tab> tabs) {

    /** The last number that a tab has given to an event; 0 if it gave none. */
    public record Tab(@NotNull UUID tabId, @Min(0) long lastSeq) {}
  }

  /** How many answers were stored. */
  public record Saved(int saved) {}

  @GET
  @Consumes(MediaType.WILDCARD)
  public SessionState state(@PathParam("sessionId") UUID sessionId) {
    return progress.state(sessionId);
  }

  @POST
  @Path("/steps/{stepId}/complete")
  public SessionState complete(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid AnswersRequest request) {
    return progress.complete(sessionId, stepId, request.answers());
  }

  @POST
  @Path("/steps/{stepId}/answers")
  public Saved answer(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid AnswersRequest request) {
    return new Saved(progress.answer(sessionId, stepId, request.answers()));
  }

  @POST
  @Path("/events")
  public Receipt append(@PathParam("sessionId") UUID sessionId, @NotNull @Valid EventBatch batch) {
    Receipt receipt = events.append(sessionId, batch);
    if (!receipt.conflicts().isEmpty()) {
      throw ProblemException.conflict(
              "Some events are held already under the same id or number with another content. They were"
                  + " not stored; all others of the batch are.")
          .with("conflicts", receipt.conflicts())
          .with("acceptedUpTo", receipt.acceptedUpTo())
          .with("stored", receipt.stored());
    }
    return receipt;
  }

  @POST
  @Path("/finish")
  public SessionState finish(
      @PathParam("sessionId") UUID sessionId, @NotNull @Valid FinishRequest request) {
    SessionProgress.Finish finish = progress.finish(sessionId, request.tabs());
    if (!finish.missing().isEmpty()) {
      throw ProblemException.conflict(
              "The server does not hold every event yet. Send the missing ones and finish again; nothing"
                  + " is lost.")
          .with("missing", finish.missing());
    }
    return finish.state();
  }
}
