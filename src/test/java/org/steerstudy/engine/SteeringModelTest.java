package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.steerstudy.engine.Refusals.assertRefused;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.steerstudy.engine.EngineException.Kind;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.Operation;

/** What holds for steering whatever the numbers are, on the demo's three autoencoders. */
class SteeringModelTest {

  private static final Map<String, SteeringModel> MODELS = new LinkedHashMap<>();
  private static PromptSet prompts;
  private static Picture picture;

  @BeforeAll
  static void open() {
    MODELS.put("cls L5", SteeringModel.open(Demo.MODEL, Demo.CLS_L5));
    MODELS.put("cls L4", SteeringModel.open(Demo.MODEL, Demo.CLS_L4));
    MODELS.put("patch L3", SteeringModel.open(Demo.MODEL, Demo.PATCH_L3));
    SteeringModel any = MODELS.get("cls L5");
    prompts = any.prompts(Demo.texts(Demo.golden().get("class_prompts")));
    picture = any.picture(Demo.encoded("bg_water_00.jpg"));
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(SteeringModel::close);
    MODELS.clear();
  }

  /** By name, because JUnit would close a model that it gets as an argument. */
  static Stream<String> models() {
    return MODELS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theEmptyEditIsTheBaselineToTheLastBit(String name) {
    SteeringModel model = MODELS.get(name);
    Prediction baseline = model.baseline(picture, prompts);
    assertSameBits(baseline, model.steer(picture, prompts, List.of()));
    // and the pass behind it, run once more from the hook point, gives these bits again
    Residual residual = model.clip().residual(picture, model.sae().layer());
    float[] again = model.clip().embeddings(List.of(residual), model.sae().layer())[0];
    assertArrayEquals(again, baseline.embedding(), 0f);
  }

  @ParameterizedTest
  @MethodSource("models")
  void suppressingAnActiveLatentChangesTheOutput(String name) {
    SteeringModel model = MODELS.get(name);
    Prediction baseline = model.baseline(picture, prompts);
    for (LatentAttribution each : strongest(model, 5)) {
      Prediction without = model.steer(picture, prompts, List.of(Edit.suppress(each.latent())));
      assertTrue(
          greatestDifference(baseline, without) > 1e-3,
          "latent " + each.latent() + " changes something");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void scalingOrSuppressingAnInactiveLatentDoesNothing(String name) {
    SteeringModel model = MODELS.get(name);
    LatentActivations activations = model.activations(picture);
    int inactive =
        IntStream.range(0, model.sae().latents())
            .filter(latent -> !activations.totals().containsKey(latent))
            .findFirst()
            .orElseThrow();
    Prediction baseline = model.baseline(picture, prompts);
    for (Edit edit : List.of(Edit.scale(inactive, 50), Edit.suppress(inactive))) {
      assertSameBits(baseline, model.steer(picture, prompts, List.of(edit)));
    }
    Prediction added = model.steer(picture, prompts, List.of(Edit.add(inactive, 5)));
    assertTrue(greatestDifference(baseline, added) > 0, "but it can be added");
  }

  @ParameterizedTest
  @MethodSource("models")
  void operationsThatMeanTheSameGiveTheSame(String name) {
    SteeringModel model = MODELS.get(name);
    int latent = strongest(model, 1).get(0).latent();
    Prediction baseline = model.baseline(picture, prompts);
    Prediction suppressed = model.steer(picture, prompts, List.of(Edit.suppress(latent)));
    for (Edit edit : List.of(Edit.scale(latent, 0), Edit.set(latent, 0))) {
      assertSameBits(suppressed, model.steer(picture, prompts, List.of(edit)));
    }
    for (Edit edit : List.of(Edit.scale(latent, 1), Edit.add(latent, 0))) {
      assertSameBits(baseline, model.steer(picture, prompts, List.of(edit)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void theOrderOfEditsDoesNotMatter(String name) {
    SteeringModel model = MODELS.get(name);
    List<LatentAttribution> latents = strongest(model, 2);
    Edit one = Edit.suppress(latents.get(0).latent());
    Edit other = Edit.scale(latents.get(1).latent(), 3);
    assertSameBits(
        model.steer(picture, prompts, List.of(one, other)),
        model.steer(picture, prompts, List.of(other, one)));
  }

  /**
   * Scaling a latent by m moves all its activations together, so activation times gradient is the
   * derivative of the target by m at m = 1.
   */
  @ParameterizedTest
  @MethodSource("models")
  void attributionsAreTheSlopesOfFiniteDoses(String name) {
    SteeringModel model = MODELS.get(name);
    double step = 0.05;
    for (Target target : List.of(Target.of(3), Target.contrast(3, 11))) {
      Attribution attribution = model.attribute(picture, prompts, target);
      for (LatentAttribution each : attribution.latents().subList(0, 6)) {
        List<Prediction> around =
            model.sweep(
                picture,
                prompts,
                List.of(),
                List.of(Edit.scale(each.latent(), 1 + step), Edit.scale(each.latent(), 1 - step)));
        double slope = (value(around.get(0), target) - value(around.get(1), target)) / (2 * step);
        assertEquals(slope, each.score(), 2e-3 + 2e-2 * Math.abs(slope));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void attributionsDescribeTheUnmodifiedPass(String name) {
    SteeringModel model = MODELS.get(name);
    Attribution attribution = model.attribute(picture, prompts, Target.of(0));
    assertEquals("act-x-grad", attribution.method());
    assertSameBits(model.baseline(picture, prompts), attribution.baseline());
    LatentActivations activations = model.activations(picture);
    assertEquals(activations.totals().size(), attribution.latents().size());
    for (LatentAttribution each : attribution.latents()) {
      assertEquals(activations.tokens(), each.tokenActivations().length);
      double sum = 0;
      for (float activation : each.tokenActivations()) {
        sum += activation;
      }
      assertEquals(sum, each.activation(), 1e-3);
      assertTrue(each.activation() > 0, "only active latents");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aBatchEqualsSingleCalls(String name) {
    SteeringModel model = MODELS.get(name);
    List<LatentAttribution> latents = strongest(model, 6);
    List<Edit> standing = List.of(Edit.suppress(latents.get(0).latent()));
    List<Edit> doses = latents.stream().skip(1).map(each -> Edit.set(each.latent(), 10)).toList();
    List<Prediction> swept = model.sweep(picture, prompts, standing, doses);
    for (int i = 0; i < doses.size(); i++) {
      assertClose(
          model.steer(picture, prompts, List.of(standing.get(0), doses.get(i))), swept.get(i));
    }
    Map<Integer, Prediction> ablations =
        model.ablations(picture, prompts, latents.stream().map(LatentAttribution::latent).toList());
    ablations.forEach(
        (latent, prediction) ->
            assertClose(model.steer(picture, prompts, List.of(Edit.suppress(latent))), prediction));
    List<Picture> pictures = pictures(model, 12);
    List<Prediction> baselines = model.baselines(pictures, prompts);
    for (int i = 0; i < pictures.size(); i++) {
      assertSameBits(model.baseline(pictures.get(i), prompts), baselines.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aDoseTakesThePlaceOfTheStandingEditOfItsLatent(String name) {
    SteeringModel model = MODELS.get(name);
    int latent = strongest(model, 1).get(0).latent();
    List<Prediction> swept =
        model.sweep(
            picture,
            prompts,
            List.of(Edit.suppress(latent)),
            List.of(Edit.scale(latent, 1), Edit.suppress(latent)));
    assertSameBits(model.baseline(picture, prompts), swept.get(0));
    assertTrue(greatestDifference(swept.get(0), swept.get(1)) > 1e-3);
  }

  @Test
  void predictionsAreConsistent() {
    Prediction prediction = MODELS.get("cls L4").baseline(picture, prompts);
    double sum = 0;
    int[] ranks = new int[prompts.size()];
    for (int i = 0; i < ranks.length; i++) {
      sum += prediction.probabilities()[i];
      ranks[i] = prediction.rank(i);
    }
    assertEquals(1, sum, 1e-5);
    assertEquals(1, prediction.rank(prediction.top()));
    Arrays.sort(ranks);
    assertArrayEquals(IntStream.rangeClosed(1, ranks.length).toArray(), ranks);
    Prediction ties = new Prediction(new float[] {1, 2, 2}, new float[3], new float[0]);
    assertEquals(1, ties.top());
    assertEquals(2, ties.rank(2));
    assertEquals(3, ties.rank(0));
  }

  @Test
  void refusesEditsThatCannotBeMeant() {
    SteeringModel model = MODELS.get("cls L5");
    int latents = model.sae().latents();
    assertRefused(Kind.EDIT, "no latent -1", () -> Edit.suppress(-1));
    assertRefused(Kind.EDIT, "must be a number", () -> Edit.set(1, Double.NaN));
    assertRefused(Kind.EDIT, "must be a number", () -> Edit.scale(1, Double.NEGATIVE_INFINITY));
    assertRefused(Kind.EDIT, "takes no dose", () -> new Edit(1, Operation.SUPPRESS, 2));
    assertRefused(
        Kind.EDIT,
        "the latents 0 to 1023",
        () -> model.steer(picture, prompts, List.of(Edit.suppress(latents))));
    assertRefused(
        Kind.EDIT,
        "no latent 1024",
        () -> model.sweep(picture, prompts, List.of(), List.of(Edit.set(latents, 1))));
    assertRefused(
        Kind.EDIT,
        "edited twice",
        () -> model.steer(picture, prompts, List.of(Edit.suppress(7), Edit.set(7, 1))));
    assertRefused(
        Kind.EDIT, "so large", () -> model.steer(picture, prompts, List.of(Edit.set(7, 1e200))));
  }

  @Test
  void refusesPromptsAndPicturesThatCannotBeMeant() {
    SteeringModel model = MODELS.get("cls L5");
    assertRefused(Kind.PROMPT, "no prompt", () -> model.prompts(List.of()));
    int none = prompts.size();
    assertRefused(
        Kind.PROMPT,
        "There is no prompt 30",
        () -> model.attribute(picture, prompts, Target.of(none)));
    assertRefused(
        Kind.PROMPT,
        "with itself",
        () -> model.attribute(picture, prompts, new Target(2, OptionalInt.of(2))));
    assertRefused(
        Kind.PROMPT,
        "There is no prompt -1",
        () -> model.ripple(List.of(picture), new int[] {-1}, prompts, List.of()));
    assertRefused(
        Kind.PROMPT,
        "2 right answers",
        () -> model.ripple(List.of(picture), new int[2], prompts, List.of()));
    Picture foreign = new Picture("of another model", 32, new float[3 * 32 * 32]);
    assertRefused(Kind.PICTURE, "another model", () -> model.baseline(foreign, prompts));
    PromptSet narrow = new PromptSet(List.of("a"), "of another model", new float[1][3]);
    assertRefused(Kind.PROMPT, "another model", () -> model.baseline(picture, narrow));
  }

  @Test
  void promptsAreIdentifiedByTheirTextsAndOrder() {
    SteeringModel model = MODELS.get("cls L5");
    PromptSet one = model.prompts(List.of("a cat", "a dog"));
    PromptSet other = model.prompts(List.of("a dog", "a cat"));
    assertEquals(one.sha256(), model.prompts(List.of("a cat", "a dog")).sha256());
    assertFalse(one.sha256().equals(other.sha256()));
    assertArrayEquals(one.embeddings()[0], other.embeddings()[1], 0f);
  }

  static List<Picture> pictures(SteeringModel model, int count) {
    return Demo.pictures(count).stream().map(Demo::encoded).map(model::picture).toList();
  }

  private static List<LatentAttribution> strongest(SteeringModel model, int count) {
    return model.attribute(picture, prompts, Target.contrast(3, 11)).latents().subList(0, count);
  }

  private static double value(Prediction prediction, Target target) {
    double value = prediction.logits()[target.prompt()];
    return target.contrast().isPresent()
        ? value - prediction.logits()[target.contrast().getAsInt()]
        : value;
  }

  private static double greatestDifference(Prediction a, Prediction b) {
    double greatest = 0;
    for (int i = 0; i < a.logits().length; i++) {
      greatest = Math.max(greatest, Math.abs(a.logits()[i] - b.logits()[i]));
    }
    return greatest;
  }

  private static void assertSameBits(Prediction expected, Prediction found) {
    assertArrayEquals(expected.logits(), found.logits(), 0f);
    assertArrayEquals(expected.probabilities(), found.probabilities(), 0f);
    assertArrayEquals(expected.embedding(), found.embedding(), 0f);
  }

  private static void assertClose(Prediction expected, Prediction found) {
    assertArrayEquals(expected.logits(), found.logits(), 5e-5f);
    assertArrayEquals(expected.embedding(), found.embedding(), 1e-5f);
  }
}
