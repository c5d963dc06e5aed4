package org.steerstudy.workbench;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.steerstudy.engine.EngineException;
import org.steerstudy.platform.Problem;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.ParticipantOnly;

/**
 * The workbench of a task over HTTP: the browser sends what is wanted, the server what came of it.
 */
@ParticipantOnly
@Path("/api/sessions/{sessionId}/steps/{stepId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class WorkbenchResource {

  private final TaskState state;
  private final Viewing viewing;
  private final Steering steering;
  private final Measuring measuring;
  private final Judging judging;

  WorkbenchResource(
      TaskState state, Viewing viewing, Steering steering, Measuring measuring, Judging judging) {
    this.state = state;
    this.viewing = viewing;
    this.steering = steering;
    this.measuring = measuring;
    this.judging = judging;
  }

  @GET
  @Path("/workbench")
  @Consumes(MediaType.WILDCARD)
  public TaskState.Response state(
      @PathParam("sessionId") UUID sessionId, @PathParam("stepId") String stepId) {
    return state.of(sessionId, stepId);
  }

  @POST
  @Path("/views")
  public Viewing.Response view(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Viewing.Request request) {
    return viewing.view(sessionId, stepId, request);
  }

  @POST
  @Path("/interventions")
  public Steering.Response intervene(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Steering.Request request) {
    return steering.intervene(sessionId, stepId, request);
  }

  @POST
  @Path("/sweeps")
  public SweepResult sweep(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Measuring.SweepRequest request) {
    return measuring.sweep(sessionId, stepId, request);
  }

  @POST
  @Path("/ripple-checks")
  public RippleResult ripple(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Measuring.RippleRequest request) {
    return measuring.ripple(sessionId, stepId, request);
  }

  @POST
  @Path("/ablations")
  public AblationResult ablate(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Measuring.AblationRequest request) {
    return measuring.ablate(sessionId, stepId, request);
  }

  @POST
  @Path("/outcome")
  public Judging.Response judge(
      @PathParam("sessionId") UUID sessionId,
      @PathParam("stepId") String stepId,
      @NotNull @Valid Judging.Request request) {
    return judging.judge(sessionId, stepId, request);
  }

  /** What the engine refuses was asked for by the browser; the engine's message says what to do. */
  @ServerExceptionMapper
  public jakarta.ws.rs.core.Response refused(EngineException refusal) {
    Problem problem = ProblemException.unprocessable(refusal.getMessage()).problem();
    return jakarta.ws.rs.core.Response.status(problem.status())
        .type(Problem.MEDIA_TYPE)
        .entity(problem)
        .build();
  }
}
