package org.steerstudy.workbench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.study.Panel;
import org.steerstudy.telemetry.EventLog;

/**
 * Sweeps, ripple checks and ablations: measured on the standing edits, stored and answered in one
 * transaction. They change no edit.
 */
@ApplicationScoped
class Measuring {

  private final Benches benches;
  private final Experiments experiments;
  private final EventLog events;
  private final ObjectMapper json;
  private final Clock clock;

  Measuring(
      Benches benches, Experiments experiments, EventLog events, ObjectMapper json, Clock clock) {
    this.benches = benches;
    this.experiments = experiments;
    this.events = events;
    this.json = json;
    this.clock = clock;
  }

  /** What every request to measure has. */
  interface Request {
    UUID requestId();

    UUID viewId();
  }

  /**
   * @param doses multiples of the present activation; null for the script's
   */
  record SweepRequest(
      @NotNull UUID requestId,
      @NotNull UUID viewId,
      @NotNull @Min(0) Integer latent,
      @Size(min = 2, max = 41) List<@NotNull Double> doses)
      implements Request {}

  record RippleRequest(@NotNull UUID requestId, @NotNull UUID viewId) implements Request {}

  record AblationRequest(
      @NotNull UUID requestId,
      @NotNull UUID viewId,
      @NotNull @Size(min = 1, max = 256) List<@NotNull @Min(0) Integer> latents)
      implements Request {}

  @Transactional
  SweepResult sweep(UUID sessionId, String stepId, SweepRequest request) {
    return measure(
        sessionId,
        stepId,
        request,
        Measurement.Kind.SWEEP,
        Panel.SWEEP,
        SweepResult.class,
        (place, id) -> experiments.sweep(id, place, request));
  }

  @Transactional
  RippleResult ripple(UUID sessionId, String stepId, RippleRequest request) {
    return measure(
        sessionId,
        stepId,
        request,
        Measurement.Kind.RIPPLE,
        Panel.RIPPLE,
        RippleResult.class,
        (place, id) -> experiments.ripple(id, place.bench(), place.edits(), request.requestId()));
  }

  @Transactional
  AblationResult ablate(UUID sessionId, String stepId, AblationRequest request) {
    return measure(
        sessionId,
        stepId,
        request,
        Measurement.Kind.ABLATION,
        Panel.STEERING,
        AblationResult.class,
        (place, id) -> experiments.ablate(id, place, request));
  }

  private <R> R measure(
      UUID sessionId,
      String stepId,
      Request request,
      Measurement.Kind kind,
      Panel panel,
      Class<R> type,
      BiFunction<Experiments.Place, UUID, R> experiment) {
    Session.locked(sessionId);
    String sha256 = Requests.sha256(request);
    Optional<Measurement> stored = Measurement.byRequest(sessionId, request.requestId());
    if (stored.isPresent()) {
      Requests.requireSame(stored.get().requestSha256, sha256);
      return read(stored.get(), type);
    }
    Bench bench = benches.open(sessionId, stepId);
    bench.requirePanel(panel);
    AttributionView view =
        AttributionView.of(sessionId, stepId, request.viewId())
            .orElseThrow(
                () ->
                    ProblemException.unprocessable(
                        "This view does not belong to the open task. Ask for a view first."));
    List<StoredEdit> edits = EditHistory.of(Intervention.applied(sessionId, stepId)).standing();
    Measurement measurement = new Measurement();
    measurement.id = Ids.next();
    long start = System.nanoTime();
    R result = experiment.apply(new Experiments.Place(bench, view, edits), measurement.id);
    measurement.latencyMicros = (System.nanoTime() - start) / 1000;
    measurement.sessionId = sessionId;
    measurement.stepId = stepId;
    measurement.viewId = view.id;
    measurement.requestId = request.requestId();
    measurement.requestSha256 = sha256;
    measurement.kind = kind;
    measurement.latent = request instanceof SweepRequest sweep ? sweep.latent() : null;
    measurement.edits = edits;
    measurement.result = json.valueToTree(result);
    measurement.fingerprints = bench.fingerprints();
    measurement.createdAt = clock.instant();
    measurement.eventId =
        events.record(
            sessionId,
            stepId,
            kind.name().toLowerCase(Locale.ROOT) + ".measured",
            Map.of("measurementId", measurement.id, "viewId", view.id));
    measurement.persist();
    return result;
  }

  private <R> R read(Measurement stored, Class<R> type) {
    try {
      return json.treeToValue(stored.result, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored result can be read back", e);
    }
  }
}
