package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.RippleReport;
import org.steerstudy.platform.ProblemException;

/** The measurements themselves: from a bench and the standing edits to a result, nothing stored. */
@ApplicationScoped
class Experiments {

  /** Where a measurement takes place. */
  record Place(Bench bench, AttributionView view, List<StoredEdit> edits) {}

  SweepResult sweep(UUID measurementId, Place place, Measuring.SweepRequest request) {
    AttributionView.Component component =
        place
            .view()
            .component(request.latent())
            .orElseThrow(
                () ->
                    ProblemException.unprocessable(
                        "Latent "
                            + request.latent()
                            + " is not active in this picture: there is no activation to take"
                            + " multiples of."));
    List<Double> doses = request.doses() == null ? place.bench().step().doses() : request.doses();
    return new SweepResult(
        measurementId,
        component.latent(),
        component.activation(),
        doses(place, component.latent(), doses),
        control(place, component)
            .map(
                matched ->
                    new SweepResult.Control(
                        matched.latent(),
                        matched.activation(),
                        doses(place, matched.latent(), doses)))
            .orElse(null));
  }

  private static List<SweepResult.Dose> doses(Place place, int latent, List<Double> multiples) {
    Bench bench = place.bench();
    List<Prediction> predictions =
        bench
            .model()
            .sweep(
                bench.picture(),
                bench.prompts(),
                StoredEdit.toEngine(place.edits()),
                multiples.stream().map(multiple -> Edit.scale(latent, multiple)).toList());
    List<SweepResult.Dose> doses = new ArrayList<>();
    for (int i = 0; i < multiples.size(); i++) {
      doses.add(new SweepResult.Dose(multiples.get(i), bench.rows(predictions.get(i))));
    }
    return doses;
  }

  /** The active latent that nobody has edited and whose activation comes nearest. */
  private static Optional<AttributionView.Component> control(
      Place place, AttributionView.Component component) {
    Set<Integer> edited =
        place.edits().stream().map(StoredEdit::latent).collect(Collectors.toSet());
    return place.view().components.stream()
        .filter(each -> each.latent() != component.latent() && !edited.contains(each.latent()))
        .min(
            Comparator.comparingDouble(
                each -> Math.abs(each.activation() - component.activation())));
  }

  AblationResult ablate(UUID measurementId, Place place, Measuring.AblationRequest request) {
    Bench bench = place.bench();
    int target = bench.names().indexOf(place.view().target);
    int contrast =
        place.view().contrast == null ? -1 : bench.names().indexOf(place.view().contrast);
    double baseline =
        score(bench.model().baseline(bench.picture(), bench.prompts()), target, contrast);
    List<Integer> latents = request.latents().stream().distinct().toList();
    Map<Integer, Prediction> removed =
        bench.model().ablations(bench.picture(), bench.prompts(), latents);
    return new AblationResult(
        measurementId,
        place.view().target,
        place.view().contrast,
        latents.stream()
            .map(
                latent ->
                    new AblationResult.Effect(
                        latent, score(removed.get(latent), target, contrast) - baseline))
            .toList());
  }

  private static double score(Prediction prediction, int target, int contrast) {
    double score = prediction.logits()[target];
    return contrast < 0 ? score : score - prediction.logits()[contrast];
  }

  /**
   * @param requestId seeds the controls, so that the same request draws the same ones
   */
  RippleResult ripple(UUID measurementId, Bench bench, List<StoredEdit> edits, UUID requestId) {
    RippleSet set = RippleSet.of(bench);
    List<Picture> pictures = set.pictures();
    List<Edit> engineEdits = StoredEdit.toEngine(edits);
    RippleReport report =
        bench.model().ripple(pictures, set.truths(), bench.prompts(), engineEdits);
    int own = bench.names().indexOf(bench.step().target());
    return new RippleResult(
        measurementId,
        edits,
        pictures.size(),
        report.rightBefore(),
        report.repaired(),
        report.broken(),
        report.unchanged(),
        report.rippleRate(),
        ownClass(bench, report, own),
        flips(bench, set, report),
        edits.isEmpty() ? List.of() : controls(bench, set, engineEdits, requestId));
  }

  private static RippleResult.OwnClass ownClass(Bench bench, RippleReport report, int own) {
    List<RippleReport.Outcome> outcomes =
        report.outcomes().stream().filter(each -> each.truth() == own).toList();
    return new RippleResult.OwnClass(
        bench.names().get(own),
        (int) outcomes.stream().filter(each -> each.topBefore() == own).count(),
        (int) outcomes.stream().filter(RippleReport.Outcome::broken).count(),
        report.rippleRate(own));
  }

  private static List<RippleResult.Flip> flips(Bench bench, RippleSet set, RippleReport report) {
    List<RippleResult.Flip> flips = new ArrayList<>();
    for (int i = 0; i < report.outcomes().size(); i++) {
      RippleReport.Outcome outcome = report.outcomes().get(i);
      if (outcome.flipped()) {
        flips.add(
            new RippleResult.Flip(
                "/api/pictures/" + set.entries().get(i).shelved().sha256(),
                bench.names().get(outcome.truth()),
                bench.names().get(outcome.topBefore()),
                bench.names().get(outcome.topAfter()),
                outcome.repaired() ? "repaired" : outcome.broken() ? "broken" : "other"));
      }
    }
    return flips;
  }

  private static List<RippleResult.Control> controls(
      Bench bench, RippleSet set, List<Edit> edits, UUID requestId) {
    long seed = requestId.getMostSignificantBits() ^ requestId.getLeastSignificantBits();
    Set<Integer> edited = edits.stream().map(Edit::latent).collect(Collectors.toSet());
    List<Edit> others =
        bench.model().matchedRandomEdits(bench.open().evidence(), edits, edited, seed);
    RippleReport ofOthers =
        bench.model().ripple(set.pictures(), set.truths(), bench.prompts(), others);
    RippleReport ofDirection =
        bench
            .model()
            .rippleRandomDirection(set.pictures(), set.truths(), bench.prompts(), edits, seed);
    return List.of(
        control(
            "matched random latents", others.stream().map(Edit::latent).toList(), seed, ofOthers),
        control("random direction of equal norm", List.of(), seed, ofDirection));
  }

  private static RippleResult.Control control(
      String name, List<Integer> latents, long seed, RippleReport report) {
    return new RippleResult.Control(
        name, latents, seed, report.repaired(), report.broken(), report.rippleRate());
  }
}
