package org.steerstudy.engine.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.Golden;
import org.steerstudy.engine.tensor.Sha256;

/** Checkpoints of several shapes, precisions and ages against PyTorch, transformers and Pillow. */
class CheckpointGoldenTest {

  @ParameterizedTest
  @MethodSource("org.steerstudy.engine.Golden#all")
  void promptsHaveTheIdsAndEmbeddingsOfTheReference(Golden golden) {
    try (ClipModel model = ClipModel.load(golden.checkpoint())) {
      PromptSet prompts = model.prompts(golden.prompts());
      for (int i = 0; i < prompts.size(); i++) {
        JsonNode expected = golden.json().get("prompts").get(i);
        assertIds(expected, model);
        assertArrayEquals(Demo.floats(expected.get("embedding")), prompts.embeddings()[i], 1e-5f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.steerstudy.engine.Golden#all")
  void unusualSpellingsHaveTheIdsOfTheReference(Golden golden) {
    try (ClipModel model = ClipModel.load(golden.checkpoint())) {
      for (JsonNode spelling : golden.json().get("spellings")) {
        assertIds(spelling, model);
        String text = spelling.get("text").textValue();
        if (text.contains("very long")) {
          assertFalse(model.fits(text), "the model says that it cuts this");
        }
      }
      assertTrue(model.fits("a cat"));
    }
  }

  @ParameterizedTest
  @MethodSource("org.steerstudy.engine.Golden#all")
  void pixelsAreThoseOfPillow(Golden golden) throws IOException {
    try (ClipModel model = ClipModel.load(golden.checkpoint())) {
      PicturePreprocessor preprocessor =
          new PicturePreprocessor(
              PreprocessorConfiguration.read(golden.checkpoint(), model.configuration()));
      for (JsonNode expected : golden.json().get("pictures")) {
        String file = expected.get("file").textValue();
        byte[] encoded = golden.encoded(file);
        if (!file.contains("see-through")) { // whose decoded pixels are given without the blend
          assertEquals(
              expected.get("source_rgb_sha256").textValue(),
              Sha256.of(PictureDecoder.decode(encoded).samples()),
              "decoded " + file);
        }
        assertArrayEquals(
            Base64.getDecoder().decode(expected.get("crop_base64").textValue()),
            preprocessor.square(encoded).samples(),
            "resized " + file);
        Picture picture = model.picture(encoded);
        assertEquals(expected.get("file_sha256").textValue(), picture.sha256());
        assertArrayEquals(
            Demo.floats(expected.get("pixels_first")), Arrays.copyOf(picture.pixels(), 8), 1e-6f);
        double sum = 0;
        for (float value : picture.pixels()) {
          sum += value;
        }
        assertEquals(expected.get("pixels_sum").doubleValue(), sum, 1e-2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.steerstudy.engine.Golden#all")
  void predictionsAgreeWhereverTheTowerIsCut(Golden golden) {
    try (ClipModel model = ClipModel.load(golden.checkpoint())) {
      assertEquals(golden.json().get("logit_scale_exp").floatValue(), model.logitScale(), 1e-4f);
      PromptSet prompts = model.prompts(golden.prompts());
      for (JsonNode expected : golden.json().get("pictures")) {
        Picture picture = model.picture(golden.encoded(expected.get("file").textValue()));
        for (int layer = 0; layer < model.configuration().visionLayers(); layer++) {
          float[] embedding = model.embeddings(List.of(model.residual(picture, layer)), layer)[0];
          Prediction prediction = model.predict(embedding, prompts);
          assertArrayEquals(Demo.floats(expected.get("embedding")), embedding, 1e-5f);
          assertArrayEquals(Demo.floats(expected.get("logits")), prediction.logits(), 1e-4f);
          assertArrayEquals(
              Demo.floats(expected.get("probabilities")), prediction.probabilities(), 1e-5f);
        }
      }
    }
  }

  /** The reference pads; the first end token is the last that counts. */
  private static void assertIds(JsonNode expected, ClipModel model) {
    String text = expected.get("text").textValue();
    int[] ids = model.tokenIds(List.of(text)).get(0);
    int[] padded = new int[expected.get("ids").size()];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = expected.get("ids").get(i).intValue();
    }
    assertArrayEquals(Arrays.copyOf(padded, ids.length), ids, text);
    int pad = padded[padded.length - 1];
    for (int i = ids.length; i < padded.length; i++) {
      assertEquals(pad, padded[i], text);
    }
  }
}
