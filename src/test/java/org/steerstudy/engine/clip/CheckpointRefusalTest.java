package org.steerstudy.engine.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.steerstudy.engine.Refusals.assertRefused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.EngineException.Kind;
import org.steerstudy.engine.FolderCopy;
import org.steerstudy.engine.Golden;

/** A checkpoint that is not what it says is refused, with the file and the reason. */
class CheckpointRefusalTest {

  @TempDir Path parent;
  private FolderCopy copy;

  @BeforeEach
  void copy() {
    Path original =
        Golden.all()
            .filter(golden -> golden.name().equals("random-fp32"))
            .findFirst()
            .orElseThrow()
            .checkpoint();
    copy = FolderCopy.of(original, parent);
  }

  @Test
  void loadsTheCopyAsItIs() {
    load();
  }

  @Test
  void namesAMissingTensor() {
    copy.withBytes("model.safetensors", "\"logit_scale\"", "\"logit_skala\"");
    refused("'logit_scale' is missing");
  }

  @Test
  void namesAMisshapenTensor() {
    config(config -> config.put("projection_dim", 21));
    refused("visual_projection.weight' has the shape [20, 32]");
  }

  @Test
  void namesATensorThatHasNoPlace() {
    vision(vision -> vision.put("num_hidden_layers", 2));
    refused("'vision_model.encoder.layers.2");
  }

  @Test
  void refusesAnotherKindOfModel() {
    config(config -> config.put("model_type", "siglip"));
    refused("model_type is 'siglip'");
  }

  @Test
  void refusesAnActivationThatItDoesNotCompute() {
    vision(vision -> vision.put("hidden_act", "gelu_pytorch_tanh"));
    refused("'gelu_pytorch_tanh' is not supported");
  }

  @Test
  void refusesHeadsThatDoNotDivideTheWidth() {
    vision(vision -> vision.put("num_attention_heads", 3));
    refused("cannot be divided among 3");
  }

  @Test
  void refusesNumbersThatAreNone() {
    vision(vision -> vision.put("hidden_size", "wide"));
    refused("'vision_config.hidden_size' must be a whole number above zero");
    vision(vision -> vision.put("hidden_size", 0));
    refused("'vision_config.hidden_size' must be a whole number above zero");
  }

  @Test
  void refusesBrokenJson() {
    copy.withText("config.json", "{\"model_type\": \"clip\"");
    refused("config.json: the file is not valid JSON");
  }

  @Test
  void refusesAPreparationOfPicturesThatItDoesNotKnow() {
    preprocessor(config -> config.put("do_center_crop", false));
    refused("do_center_crop is false");
    preprocessor(config -> config.put("do_center_crop", true).put("resample", 2));
    refused("resample is 2");
    preprocessor(
        config -> {
          config.put("resample", 3);
          config.set("size", FolderCopy.emptyObject().put("height", 48).put("width", 48));
        });
    refused("'size.shortest_edge' is missing");
    preprocessor(config -> config.put("size", 40));
    refused("the model reads 48 px");
  }

  @Test
  void refusesMissingFiles() {
    copy.without("tokenizer.json");
    refused("tokenizer.json: the file is missing");
    copy.without("model.safetensors").withText("pytorch_model.bin", "a pickle");
    refused("can run code and is not read");
    copy.without("pytorch_model.bin").withText("model.safetensors.index.json", "{}");
    refused("divided over several files");
    copy.without("config.json");
    refused("config.json: the file is missing");
  }

  @Test
  void refusesATokenizerOfAnotherModel() {
    copy.withText("tokenizer.json", "{}");
    refused("tokenizer.json: the tokenizer cannot be read");
    Path other =
        Golden.all()
            .filter(golden -> golden.name().equals("demo"))
            .findFirst()
            .orElseThrow()
            .checkpoint();
    copy.withText(
        "tokenizer.json",
        new String(Demo.bytes(other.resolve("tokenizer.json")), StandardCharsets.UTF_8));
    refused("check that the two files belong together");
  }

  @Test
  void theFingerprintFollowsEveryFileThatCounts() {
    String before = load();
    copy.withText("README.md", "does not count");
    assertEquals(before, load());
    preprocessor(config -> config.put("note", "counts"));
    assertNotEquals(before, load());
  }

  private String load() {
    try (ClipModel model = ClipModel.load(copy.folder())) {
      return model.fingerprint();
    }
  }

  private void refused(String reason) {
    assertRefused(Kind.CHECKPOINT, reason, this::load);
  }

  private void config(Consumer<ObjectNode> change) {
    copy.with("config.json", change);
  }

  private void vision(Consumer<ObjectNode> change) {
    config(config -> change.accept((ObjectNode) config.get("vision_config")));
  }

  private void preprocessor(Consumer<ObjectNode> change) {
    copy.with("preprocessor_config.json", change);
  }
}
