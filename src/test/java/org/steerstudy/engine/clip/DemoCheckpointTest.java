package org.steerstudy.engine.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.tensor.Sha256;

/** The demo checkpoint against the numbers that PyTorch and Pillow computed from it. */
class DemoCheckpointTest {

  private static ClipModel model;
  private static JsonNode golden;

  @BeforeAll
  static void load() {
    model = ClipModel.load(Demo.MODEL);
    golden = Demo.golden();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void tokenIdsAreThoseOfTheReferenceWithoutItsPadding() {
    for (JsonNode prompt : golden.get("prompts")) {
      int[] padded = new int[model.configuration().maximumTokens()];
      java.util.Arrays.fill(padded, model.configuration().endToken());
      int[] ids = model.tokenIds(List.of(prompt.get("text").textValue())).get(0);
      System.arraycopy(ids, 0, padded, 0, ids.length);
      int[] expected = new int[prompt.get("ids").size()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = prompt.get("ids").get(i).intValue();
      }
      assertArrayEquals(expected, padded, prompt.get("text").textValue());
    }
  }

  @Test
  void textEmbeddingsAgree() {
    for (JsonNode prompt : golden.get("prompts")) {
      float[][] embeddings = model.prompts(List.of(prompt.get("text").textValue())).embeddings();
      assertArrayEquals(Demo.floats(prompt.get("embedding")), embeddings[0], 1e-5f);
    }
  }

  @Test
  void pixelsAreThoseOfPillowToTheLastBit() {
    PicturePreprocessor preprocessor =
        new PicturePreprocessor(PreprocessorConfiguration.read(Demo.MODEL, model.configuration()));
    for (JsonNode image : golden.get("images")) {
      byte[] encoded = Demo.encoded(image.get("file").textValue());
      assertEquals(
          image.get("pixels_uint8_sha256").textValue(),
          Sha256.of(preprocessor.square(encoded).samples()));
      float[] pixels = model.picture(encoded).pixels();
      ByteBuffer bytes = ByteBuffer.allocate(pixels.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : pixels) {
        bytes.putFloat(value);
      }
      assertEquals(image.get("tensor_sha256_f32le").textValue(), Sha256.of(bytes.array()));
    }
  }

  @Test
  void embeddingsAndLogitsAgreeWhereverTheTowerIsCut() {
    PromptSet classes = model.prompts(Demo.texts(golden.get("class_prompts")));
    assertEquals(golden.get("logit_scale_exp").floatValue(), model.logitScale(), 1e-5f);
    List<String> promptTexts = new ArrayList<>();
    golden.get("prompts").forEach(prompt -> promptTexts.add(prompt.get("text").textValue()));
    PromptSet prompts = model.prompts(promptTexts);
    for (JsonNode image : golden.get("images")) {
      Picture picture = model.picture(Demo.encoded(image.get("file").textValue()));
      for (int layer = 0; layer < model.configuration().visionLayers(); layer++) {
        float[] embedding = model.embeddings(List.of(model.residual(picture, layer)), layer)[0];
        assertArrayEquals(Demo.floats(image.get("embedding")), embedding, 1e-5f);
        Prediction prediction = model.predict(embedding, classes);
        assertArrayEquals(Demo.floats(image.get("logits_classes")), prediction.logits(), 1e-4f);
        assertEquals(
            image.get("predicted").textValue(),
            golden.get("classes").get(prediction.top()).textValue());
        assertArrayEquals(
            Demo.floats(image.get("logits_prompts")),
            model.predict(embedding, prompts).logits(),
            1e-4f);
      }
    }
  }

  @Test
  void theResidualStreamAgrees() {
    for (JsonNode image : golden.get("images")) {
      Picture picture = model.picture(Demo.encoded(image.get("file").textValue()));
      for (JsonNode sae : image.get("sae")) {
        Residual residual = model.residual(picture, sae.get("layer").intValue());
        for (int i = 0; i < 8; i++) {
          assertEquals(sae.get("resid_first8").get(i).floatValue(), residual.values()[i], 1e-4f);
          assertEquals(
              sae.get("resid_patch0_first8").get(i).floatValue(),
              residual.values()[residual.width() + i],
              1e-4f);
        }
      }
    }
  }
}
