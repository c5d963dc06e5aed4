package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.study.Panel;
import org.steerstudy.telemetry.EventLog;

/** Interventions: computed on the stored model, stored and answered in one transaction. */
@ApplicationScoped
class Steering {

  private final Benches benches;
  private final Statements statements;
  private final EventLog events;
  private final Clock clock;

  Steering(Benches benches, Statements statements, EventLog events, Clock clock) {
    this.benches = benches;
    this.statements = statements;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What the participant wants; the server knows which edits stand and computes the rest.
   *
   * @param latent of an edit or of a reset; null otherwise
   * @param operation of an edit: suppress, scale, set or add
   * @param value the multiple for scale, the activation for set and add
   */
  record Request(
      @NotNull UUID requestId,
      @NotNull UUID viewId,
      @NotNull Phase phase,
      @NotNull Action action,
      @Min(0) Integer latent,
      @Pattern(regexp = "suppress|scale|set|add") String operation,
      Double value) {}

  /** The predictions of the unmodified model, before this intervention and after it. */
  record Response(
      UUID interventionId,
      int position,
      Phase phase,
      String kind,
      Integer latent,
      List<StoredEdit> edits,
      List<PromptPrediction> baseline,
      List<PromptPrediction> before,
      List<PromptPrediction> after,
      boolean canUndo,
      boolean canRedo,
      long latencyMicros) {}

  @Transactional
  Response intervene(UUID sessionId, String stepId, Request request) {
    Session.locked(sessionId);
    String sha256 = Requests.sha256(request);
    Optional<Intervention> stored = Intervention.byRequest(sessionId, request.requestId());
    if (stored.isPresent()) {
      Requests.requireSame(stored.get().requestSha256, sha256);
      return respond(stored.get());
    }
    Bench bench = benches.open(sessionId, stepId);
    bench.requirePanel(Panel.STEERING);
    statements.requireBeforeSteering(bench);
    AttributionView view =
        AttributionView.of(sessionId, stepId, request.viewId())
            .orElseThrow(
                () ->
                    ProblemException.unprocessable(
                        "This view does not belong to the open task. Ask for a view first."));
    EditHistory history = EditHistory.of(Intervention.applied(sessionId, stepId));
    Change change = Change.of(bench, view, history, request);
    return respond(compute(bench, view, change, request, sha256));
  }

  private Intervention compute(
      Bench bench, AttributionView view, Change change, Request request, String sha256) {
    long start = System.nanoTime();
    Prediction baseline = bench.model().baseline(bench.picture(), bench.prompts());
    Prediction before = steer(bench, change.before());
    Prediction after = steer(bench, change.after());
    long micros = (System.nanoTime() - start) / 1000;

    Intervention intervention = new Intervention();
    intervention.id = Ids.next();
    intervention.sessionId = bench.session().id;
    intervention.stepId = bench.step().id();
    intervention.viewId = view.id;
    intervention.requestId = request.requestId();
    intervention.requestSha256 = sha256;
    intervention.position = Intervention.nextPosition(intervention.sessionId, intervention.stepId);
    intervention.phase = request.phase();
    intervention.action = request.action();
    intervention.kind = change.kind();
    intervention.latent = request.latent();
    intervention.operation = request.operation();
    intervention.value = change.value();
    intervention.activation = change.activation();
    intervention.multipleBefore = change.multipleBefore();
    intervention.multipleAfter = change.multipleAfter();
    intervention.editsBefore = change.before();
    intervention.editsAfter = change.after();
    intervention.baseline = bench.rows(baseline);
    intervention.predictionsBefore = bench.rows(before);
    intervention.predictionsAfter = bench.rows(after);
    intervention.fingerprints = bench.fingerprints();
    intervention.latencyMicros = micros;
    intervention.createdAt = clock.instant();
    intervention.eventId =
        events.record(
            intervention.sessionId,
            intervention.stepId,
            request.phase() == Phase.PREVIEW ? "intervention.previewed" : "intervention.applied",
            describe(intervention));
    intervention.persistAndFlush();
    return intervention;
  }

  private static Prediction steer(Bench bench, List<StoredEdit> edits) {
    return bench.model().steer(bench.picture(), bench.prompts(), StoredEdit.toEngine(edits));
  }

  private static Map<String, Object> describe(Intervention intervention) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("interventionId", intervention.id);
    payload.put("viewId", intervention.viewId);
    payload.put("position", intervention.position);
    payload.put("action", intervention.action);
    payload.put("kind", intervention.kind.stored());
    payload.put("latent", intervention.latent);
    payload.put("operation", intervention.operation);
    payload.put("value", intervention.value);
    payload.put("multipleBefore", intervention.multipleBefore);
    payload.put("multipleAfter", intervention.multipleAfter);
    payload.put("topBefore", top(intervention.predictionsBefore));
    payload.put("topAfter", top(intervention.predictionsAfter));
    return payload;
  }

  private static String top(List<PromptPrediction> predictions) {
    return predictions.stream().filter(each -> each.rank() == 1).findFirst().orElseThrow().name();
  }

  private static Response respond(Intervention intervention) {
    EditHistory history =
        EditHistory.of(Intervention.applied(intervention.sessionId, intervention.stepId));
    return new Response(
        intervention.id,
        intervention.position,
        intervention.phase,
        intervention.kind.stored(),
        intervention.latent,
        intervention.editsAfter,
        intervention.baseline,
        intervention.predictionsBefore,
        intervention.predictionsAfter,
        history.canUndo(),
        history.canRedo(),
        intervention.latencyMicros);
  }
}
