package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.steering.Edit;

/** Latents, attributions and edits of ten autoencoders against PyTorch and SAELens. */
class SteeringGoldenTest {

  /** Logits are of order ten, in single precision, after up to six blocks. */
  private static final float LOGITS = 1e-4f;

  /** Latents and scores, relative to the greatest of the picture. */
  private static final double RELATIVE = 1e-4;

  private static final Map<String, SteeringModel> OPEN = new HashMap<>();

  @AfterAll
  static void close() {
    OPEN.values().forEach(SteeringModel::close);
    OPEN.clear();
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("org.steerstudy.engine.Golden#pairs")
  void theSettingsAreThoseOfTheReference(Golden golden, JsonNode sae) {
    SteeringModel model = open(golden, sae);
    assertEquals(sae.get("architecture").textValue(), model.sae().architecture());
    assertEquals(sae.get("hook_point").textValue(), model.sae().hookPoint());
    assertEquals(sae.get("layer").intValue(), model.sae().layer());
    assertEquals(sae.get("tokens").textValue(), model.sae().tokens().name());
    assertEquals(sae.get("d_in").intValue(), model.sae().width());
    assertEquals(sae.get("d_sae").intValue(), model.sae().latents());
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("org.steerstudy.engine.Golden#pairs")
  void theActiveLatentsAreThoseOfTheReference(Golden golden, JsonNode sae) {
    SteeringModel model = open(golden, sae);
    for (JsonNode golds : sae.get("cases")) {
      LatentActivations found = model.activations(picture(model, golden, golds));
      assertEquals(golds.get("tokens").size(), found.tokens());
      for (int token = 0; token < found.tokens(); token++) {
        JsonNode expected = golds.get("tokens").get(token);
        float[] values = Demo.floats(expected.get("values"));
        assertArrayEquals(ints(expected.get("latents")), found.latents()[token]);
        assertArrayEquals(values, found.values()[token], tolerance(values));
        float scale =
            golds.get("norm_scale").isNull() ? 1 : golds.get("norm_scale").get(token).floatValue();
        assertEquals(scale, found.scales()[token], 1e-5f * scale);
      }
    }
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("org.steerstudy.engine.Golden#pairs")
  void theAttributionsAreThoseOfTheReference(Golden golden, JsonNode sae) {
    SteeringModel model = open(golden, sae);
    PromptSet prompts = model.prompts(golden.prompts());
    for (JsonNode golds : sae.get("cases")) {
      Picture picture = picture(model, golden, golds);
      for (JsonNode expected : golds.get("attributions")) {
        Target target = target(expected);
        Attribution found = model.attribute(picture, prompts, target);
        assertEquals(expected.get("value").floatValue(), value(found.baseline(), target), LOGITS);
        assertScores(expected, found);
      }
    }
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("org.steerstudy.engine.Golden#pairs")
  void editsHaveTheEffectOfTheReference(Golden golden, JsonNode sae) {
    SteeringModel model = open(golden, sae);
    PromptSet prompts = model.prompts(golden.prompts());
    for (JsonNode golds : sae.get("cases")) {
      Picture picture = picture(model, golden, golds);
      for (JsonNode expected : golds.get("edits")) {
        List<Edit> edits = Golden.edits(expected.get("edits"));
        assertLogits(expected, model.steer(picture, prompts, edits));
      }
    }
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("org.steerstudy.engine.Golden#pairs")
  void ablationsAndSweepsHaveTheEffectOfTheReference(Golden golden, JsonNode sae) {
    SteeringModel model = open(golden, sae);
    PromptSet prompts = model.prompts(golden.prompts());
    for (JsonNode golds : sae.get("cases")) {
      Picture picture = picture(model, golden, golds);
      JsonNode ablations = golds.get("ablations");
      List<Integer> latents =
          ablations.findValues("latent").stream().map(JsonNode::intValue).toList();
      Map<Integer, Prediction> ablated = model.ablations(picture, prompts, latents);
      assertEquals(latents, List.copyOf(ablated.keySet()));
      ablations.forEach(each -> assertLogits(each, ablated.get(each.get("latent").intValue())));
      for (JsonNode sweep : golds.get("sweeps")) {
        List<Edit> doses =
            sweep.get("doses").findValues("dose").stream().map(Golden::edit).toList();
        List<Prediction> swept =
            model.sweep(picture, prompts, Golden.edits(sweep.get("standing")), doses);
        assertEquals(doses.size(), swept.size());
        for (int i = 0; i < doses.size(); i++) {
          assertLogits(sweep.get("doses").get(i), swept.get(i));
        }
      }
    }
  }

  private static void assertScores(JsonNode expected, Attribution found) {
    float[] scores = Demo.floats(expected.get("scores"));
    float[] activations = Demo.floats(expected.get("activations"));
    int[] latents = ints(expected.get("latents"));
    assertEquals(latents.length, found.latents().size(), "only active latents are returned");
    Map<Integer, LatentAttribution> byLatent = new HashMap<>();
    float before = Float.POSITIVE_INFINITY;
    for (LatentAttribution each : found.latents()) {
      byLatent.put(each.latent(), each);
      assertTrue(Math.abs(each.score()) <= before, "strongest first");
      before = Math.abs(each.score());
    }
    for (int i = 0; i < latents.length; i++) {
      LatentAttribution each = byLatent.get(latents[i]);
      assertEquals(scores[i], each.score(), tolerance(scores));
      assertEquals(activations[i], each.activation(), tolerance(activations));
    }
  }

  private static void assertLogits(JsonNode expected, Prediction found) {
    float[] logits = Demo.floats(expected.get("logits"));
    assertArrayEquals(logits, found.logits(), LOGITS, expected.toString());
  }

  private static float tolerance(float[] values) {
    double greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return (float) Math.max(1e-7, RELATIVE * greatest);
  }

  private static Target target(JsonNode attribution) {
    JsonNode contrast = attribution.get("contrast");
    return new Target(
        attribution.get("prompt").intValue(),
        contrast.isNull() ? OptionalInt.empty() : OptionalInt.of(contrast.intValue()));
  }

  private static float value(Prediction prediction, Target target) {
    float value = prediction.logits()[target.prompt()];
    return target.contrast().isPresent()
        ? value - prediction.logits()[target.contrast().getAsInt()]
        : value;
  }

  private static SteeringModel open(Golden golden, JsonNode sae) {
    String folder = sae.get("folder").textValue();
    return OPEN.computeIfAbsent(
        golden.name() + "/" + folder,
        name -> SteeringModel.open(golden.checkpoint(), golden.folder().resolve(folder)));
  }

  private static Picture picture(SteeringModel model, Golden golden, JsonNode golds) {
    return model.picture(golden.encoded(golds.get("picture").textValue()));
  }

  private static int[] ints(JsonNode list) {
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).intValue();
    }
    return values;
  }
}
