package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.steerstudy.engine.Refusals.assertRefused;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.steerstudy.engine.EngineException.Kind;
import org.steerstudy.engine.clip.ClipModel;

/** Autoencoders that cannot be read, and pairs that do not belong together. */
class PairTest {

  private static final Path RANDOM = Path.of("src", "test", "resources", "golden", "random-fp32");

  @TempDir Path parent;

  @Test
  void refusesAnAutoencoderOfAnotherWidth() {
    refused(Kind.MISMATCH, "width 32, but", Demo.MODEL, RANDOM.resolve("sae-cls-middle"));
  }

  @Test
  void refusesAnAutoencoderOfABlockThatIsNotThere() {
    FolderCopy sae = sae(Demo.CLS_L5);
    sae.withMetadata(metadata -> metadata.put("hook_name", "blocks.6.hook_resid_post"));
    refused(Kind.MISMATCH, "the last block of the checkpoint is blocks.5", sae);
  }

  @Test
  void refusesPatchesAfterTheLastBlockBecauseNothingReadsThem() {
    FolderCopy sae = sae(Demo.PATCH_L3);
    sae.withMetadata(metadata -> metadata.put("hook_name", "blocks.5.hook_resid_post"));
    refused(Kind.MISMATCH, "no edit could have an effect", sae);
  }

  @Test
  void refusesAnAutoencoderOfAModelWithAnotherName() {
    FolderCopy checkpoint = FolderCopy.of(Demo.MODEL, parent);
    checkpoint.with("config.json", config -> config.put("_name_or_path", "openai/another-clip"));
    refused(
        Kind.MISMATCH,
        "trained on “compact-clip-demo”, but the checkpoint is “openai/another-clip”",
        checkpoint.folder(),
        Demo.CLS_L5);
    checkpoint.with(
        "config.json", config -> config.put("_name_or_path", "steerstudy/Compact-CLIP-demo"));
    open(checkpoint.folder(), Demo.CLS_L5);
  }

  @Test
  void believesAFingerprintMoreThanAName() {
    FolderCopy checkpoint = FolderCopy.of(Demo.MODEL, parent);
    checkpoint.with("config.json", config -> config.put("_name_or_path", "renamed"));
    String fingerprint;
    try (ClipModel model = ClipModel.load(checkpoint.folder())) {
      fingerprint = model.fingerprint();
    }
    FolderCopy sae = sae(Demo.CLS_L5);
    sae.withMetadata(metadata -> metadata.put("checkpoint_fingerprint", fingerprint));
    open(checkpoint.folder(), sae.folder());
    refused(Kind.MISMATCH, "with the fingerprint " + fingerprint, Demo.MODEL, sae.folder());
  }

  @Test
  void refusesWhatItDoesNotCompute() {
    configured(cfg -> cfg.put("architecture", "jumprelu"), "'jumprelu' is not supported");
    configured(cfg -> cfg.put("architecture", "gated"), "'gated' is not supported");
    configured(
        cfg -> cfg.put("normalize_activations", "constant_norm_rescale"),
        "'constant_norm_rescale' is not supported");
    configured(
        cfg -> cfg.put("normalize_activations", "expected_average_only_in"), "fold the scaling");
    configured(cfg -> cfg.put("reshape_activations", "hook_z"), "only the residual stream");
    configured(cfg -> cfg.put("k", 1025), "only 1024 latents");
    configured(cfg -> cfg.remove("k"), "'k' is missing");
    configured(cfg -> cfg.put("d_sae", 1023), "shape [192, 1024]");
  }

  @Test
  void refusesAnotherHookPointOrUnknownTokens() {
    described(
        metadata -> metadata.put("hook_name", "blocks.4.hook_mlp_out"),
        "'blocks.4.hook_mlp_out' is not supported");
    described(metadata -> metadata.remove("hook_name"), "hook point '' is not supported");
    described(metadata -> metadata.remove("token_selection"), "say 'cls', 'patches' or 'all'");
    described(metadata -> metadata.put("token_selection", "some"), "'some'");
  }

  @Test
  void refusesDamagedOrForeignWeights() {
    FolderCopy sae = sae(Demo.CLS_L5);
    sae.withBytes("sae_weights.safetensors", "\"b_enc\"", "\"b_gat\"");
    refused(Kind.SAE, "'b_gat' has no place", sae);
    sae.withText("sae_weights.safetensors", "not safetensors at all");
    refused(Kind.SAE, "sae_weights.safetensors: it declares a header", sae);
    sae.without("sae_weights.safetensors");
    refused(Kind.SAE, "the file is missing", sae);
    sae.without("cfg.json");
    refused(Kind.SAE, "cfg.json: the file is missing", sae);
  }

  @Test
  void tellsWhatItOpened() {
    try (SteeringModel model = SteeringModel.open(Demo.MODEL, Demo.PATCH_L3)) {
      assertEquals("compact-clip-demo", model.sae().modelName());
      assertEquals("blocks.3.hook_resid_post", model.sae().hookPoint());
      assertEquals(64, model.sae().fingerprint().length());
      assertEquals(64, model.clip().fingerprint().length());
    }
  }

  private void configured(Consumer<ObjectNode> change, String reason) {
    FolderCopy sae = sae(Demo.CLS_L5);
    sae.with("cfg.json", change);
    refused(Kind.SAE, reason, sae);
  }

  private void described(Consumer<ObjectNode> change, String reason) {
    FolderCopy sae = sae(Demo.CLS_L5);
    sae.withMetadata(change);
    refused(Kind.SAE, reason, sae);
  }

  private FolderCopy sae(Path original) {
    return FolderCopy.of(original, parent);
  }

  private static void refused(Kind kind, String reason, FolderCopy sae) {
    refused(kind, reason, Demo.MODEL, sae.folder());
  }

  private static void refused(Kind kind, String reason, Path checkpoint, Path sae) {
    assertRefused(kind, reason, () -> open(checkpoint, sae));
  }

  private static void open(Path checkpoint, Path sae) {
    SteeringModel.open(checkpoint, sae).close();
  }
}
