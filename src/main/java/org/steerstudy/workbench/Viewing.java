package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.concepts.LatentEvidence;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.study.Panel;
import org.steerstudy.telemetry.EventLog;

/** Attribution views: computed, stored and answered in one transaction. */
@ApplicationScoped
class Viewing {

  private final Benches benches;
  private final EventLog events;
  private final Clock clock;

  Viewing(Benches benches, EventLog events, Clock clock) {
    this.benches = benches;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param target index of the prompt whose logit is attributed
   * @param contrast index of the prompt whose logit is subtracted, or null
   */
  record Request(
      @NotNull UUID requestId, @NotNull @Min(0) Integer target, @Min(0) Integer contrast) {}

  /** A view with the evidence about its components. */
  record Response(
      UUID viewId,
      String method,
      List<PromptPrediction> predictions,
      List<ShownComponent> components,
      Fingerprints fingerprints,
      long latencyMicros) {}

  /** A component beside pictures that activate it. */
  record ShownComponent(
      int rank,
      int latent,
      float activation,
      float maximum,
      Float activationOfMaximum,
      float score,
      float frequency,
      List<ExamplePicture> examples) {}

  /** A picture of the library with the latent's activation in it. */
  record ExamplePicture(String url, float activation) {}

  @Transactional
  Response view(UUID sessionId, String stepId, Request request) {
    Session.locked(sessionId);
    String sha256 = Requests.sha256(request);
    Optional<AttributionView> stored = AttributionView.byRequest(sessionId, request.requestId());
    if (stored.isPresent()) {
      Requests.requireSame(stored.get().requestSha256, sha256);
      return respond(benches.open(sessionId, stepId), stored.get());
    }
    Bench bench = benches.open(sessionId, stepId);
    bench.requirePanel(Panel.ATTRIBUTION);
    return respond(bench, compute(bench, request, sha256));
  }

  private AttributionView compute(Bench bench, Request request, String sha256) {
    requirePrompt(bench, request.target());
    if (request.contrast() != null) {
      requirePrompt(bench, request.contrast());
    }
    Target target =
        new Target(
            request.target(),
            request.contrast() == null ? OptionalInt.empty() : OptionalInt.of(request.contrast()));
    long start = System.nanoTime();
    Attribution attribution = bench.model().attribute(bench.picture(), bench.prompts(), target);
    long micros = (System.nanoTime() - start) / 1000;

    AttributionView view = new AttributionView();
    view.id = Ids.next();
    view.sessionId = bench.session().id;
    view.stepId = bench.step().id();
    view.requestId = request.requestId();
    view.requestSha256 = sha256;
    view.method = attribution.method();
    view.target = bench.names().get(request.target());
    view.contrast = request.contrast() == null ? null : bench.names().get(request.contrast());
    view.predictions = bench.rows(attribution.baseline());
    view.components = components(bench, attribution);
    view.fingerprints = bench.fingerprints();
    view.latencyMicros = micros;
    view.createdAt = clock.instant();
    view.eventId = events.record(view.sessionId, view.stepId, "attribution.viewed", describe(view));
    view.persist();
    return view;
  }

  private static List<AttributionView.Component> components(Bench bench, Attribution attribution) {
    List<AttributionView.Component> components = new ArrayList<>();
    for (LatentAttribution latent : attribution.latents()) {
      LatentEvidence evidence = bench.open().evidence().evidence(latent.latent());
      components.add(
          new AttributionView.Component(
              components.size() + 1,
              latent.latent(),
              latent.activation(),
              latent.tokenActivations().length,
              evidence.maximum(),
              evidence.maximum() > 0 ? latent.activation() / evidence.maximum() : null,
              latent.score(),
              evidence.frequency()));
    }
    return components;
  }

  private static Map<String, Object> describe(AttributionView view) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("viewId", view.id);
    payload.put("method", view.method);
    payload.put("target", view.target);
    payload.put("contrast", view.contrast);
    payload.put("components", view.components.size());
    return payload;
  }

  private static Response respond(Bench bench, AttributionView view) {
    boolean examples = bench.step().panels().contains(Panel.EXAMPLES);
    return new Response(
        view.id,
        view.method,
        view.predictions,
        view.components.stream()
            .map(
                each ->
                    new ShownComponent(
                        each.rank(),
                        each.latent(),
                        each.activation(),
                        each.maximum(),
                        each.activationOfMaximum(),
                        each.score(),
                        each.frequency(),
                        examples ? examples(bench, each.latent()) : List.of()))
            .toList(),
        view.fingerprints,
        view.latencyMicros);
  }

  private static List<ExamplePicture> examples(Bench bench, int latent) {
    return bench.open().evidence().evidence(latent).examples().stream()
        .filter(example -> !example.picture().equals(bench.picture().sha256()))
        .map(
            example ->
                new ExamplePicture("/api/pictures/" + example.picture(), example.activation()))
        .toList();
  }

  private static void requirePrompt(Bench bench, int prompt) {
    if (prompt >= bench.names().size()) {
      throw ProblemException.unprocessable(
          "There is no prompt " + prompt + "; this task has " + bench.names().size() + ".");
    }
  }
}
