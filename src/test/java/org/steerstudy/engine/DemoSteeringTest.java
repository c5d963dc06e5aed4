package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;

/**
 * The values published with the demo: the margin between the wrong and the right class, activation
 * times gradient of it, and the effect of removing single latents.
 */
class DemoSteeringTest {

  @ParameterizedTest
  @ValueSource(strings = {"sae-cls-L5", "sae-cls-L4", "sae-patch-L3"})
  void explainsTheMarginAsPublished(String sae) {
    JsonNode golden = Demo.golden();
    List<String> classes = Demo.texts(golden.get("classes"));
    Path folder = Demo.FOLDER.resolve(sae);
    try (SteeringModel model = SteeringModel.open(Demo.MODEL, folder)) {
      PromptSet prompts = model.prompts(Demo.texts(golden.get("class_prompts")));
      for (JsonNode image : golden.get("images")) {
        Picture picture = model.picture(Demo.encoded(image.get("file").textValue()));
        int wrong = classes.indexOf(image.get("margin_wrong").textValue());
        int right = classes.indexOf(image.get("true").textValue());
        Target target = Target.contrast(wrong, right);
        Attribution attribution = model.attribute(picture, prompts, target);
        float margin = margin(attribution.baseline(), wrong, right);
        assertEquals(image.get("margin").floatValue(), margin, 1e-4f);
        assertLatents(image.get("sae").get(sae), attribution);
        assertEffects(image.get("sae").get(sae), model, picture, prompts, wrong, right, margin);
      }
    }
  }

  private static void assertLatents(JsonNode expected, Attribution attribution) {
    Map<Integer, LatentAttribution> byLatent = new HashMap<>();
    attribution.latents().forEach(each -> byLatent.put(each.latent(), each));
    for (int i = 0; i < expected.get("top10").size(); i++) {
      LatentAttribution found = byLatent.get(expected.get("top10").get(i).intValue());
      float activation = expected.get("activation").get(i).floatValue();
      float score = expected.get("act_x_grad").get(i).floatValue();
      assertEquals(activation, found.activation(), 1e-3f * activation);
      assertEquals(score, found.score(), 1e-3f * Math.max(0.1f, Math.abs(score)));
    }
    // The published five are filled up with inactive latents where fewer have a positive score.
    List<Integer> published = new ArrayList<>();
    for (int i = 0; i < expected.get("top5_act_x_grad").size(); i++) {
      if (expected.get("top5_act_x_grad_values").get(i).floatValue() > 0) {
        published.add(expected.get("top5_act_x_grad").get(i).intValue());
      }
    }
    List<Integer> strongest =
        attribution.latents().stream()
            .sorted((a, b) -> Float.compare(b.score(), a.score()))
            .limit(published.size())
            .map(LatentAttribution::latent)
            .toList();
    assertEquals(published, strongest);
  }

  private static void assertEffects(
      JsonNode expected,
      SteeringModel model,
      Picture picture,
      PromptSet prompts,
      int wrong,
      int right,
      float margin) {
    List<Integer> latents = new ArrayList<>();
    expected.get("top10").forEach(latent -> latents.add(latent.intValue()));
    Map<Integer, Prediction> ablations = model.ablations(picture, prompts, latents);
    for (int i = 0; i < latents.size(); i++) {
      float effect = margin - margin(ablations.get(latents.get(i)), wrong, right);
      assertEquals(expected.get("exact_ablation_effect").get(i).floatValue(), effect, 2e-4f);
    }
  }

  private static float margin(Prediction prediction, int wrong, int right) {
    return prediction.logits()[wrong] - prediction.logits()[right];
  }
}
