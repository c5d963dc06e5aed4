package org.steerstudy.engine.sae;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Settings;

/**
 * What {@code cfg.json} of a SAELens 6 autoencoder says. An architecture or a normalisation that is
 * not computed here is refused: treating it as another one would give plausible, wrong activations.
 *
 * @param architecture {@code standard} or {@code topk}
 * @param width width of the residual stream, {@code d_in}
 * @param latents number of latents, {@code d_sae}
 * @param k with {@code topk}, how many latents of a token may be active
 * @param subtractDecoderBias whether the decoder's bias is subtracted from the input
 * @param layerNorm whether each token is normalised before it is encoded
 * @param foldDecoderNorm whether activations count in units of each decoder direction's length
 * @param hookPoint the hook point's name
 * @param layer its block, from 0
 * @param tokens the tokens in scope
 * @param modelName the model that the autoencoder was trained on
 * @param checkpointFingerprint the fingerprint of that model's checkpoint, where the file has it
 */
record SaeConfiguration(
    String architecture,
    int width,
    int latents,
    OptionalInt k,
    boolean subtractDecoderBias,
    boolean layerNorm,
    boolean foldDecoderNorm,
    String hookPoint,
    int layer,
    TokenScope tokens,
    Optional<String> modelName,
    Optional<String> checkpointFingerprint) {

  /** The configuration's file name. */
  static final String FILE = "cfg.json";

  private static final Pattern RESIDUAL_POST =
      Pattern.compile("blocks\\.(\\d{1,4})\\.hook_resid_post");

  static SaeConfiguration read(Path folder) {
    Settings settings = Settings.read(folder.resolve(FILE), EngineException.Kind.SAE);
    Settings metadata = settings.object("metadata");
    String architecture = settings.text("architecture").orElse("");
    boolean topK = architecture.equals("topk");
    if (!topK && !architecture.equals("standard")) {
      throw settings.refusal(
          "the architecture '" + architecture + "' is not supported; standard and topk are.");
    }
    String reshaping = settings.text("reshape_activations").orElse("none");
    if (!reshaping.equals("none") || metadata.has("hook_head_index")) {
      throw settings.refusal(
          "the autoencoder reads single attention heads; only the residual stream is supported.");
    }
    String hookPoint = metadata.text("hook_name").orElse("");
    int latents = settings.positive("d_sae");
    return new SaeConfiguration(
        architecture,
        settings.positive("d_in"),
        latents,
        topK ? OptionalInt.of(activeLatents(settings, latents)) : OptionalInt.empty(),
        settings.flag("apply_b_dec_to_input", true),
        layerNorm(settings),
        topK && settings.flag("rescale_acts_by_decoder_norm", false),
        hookPoint,
        layer(settings, hookPoint),
        tokens(settings, metadata),
        metadata.text("model_name").filter(name -> !name.isBlank()),
        metadata.text("checkpoint_fingerprint").filter(name -> !name.isBlank()));
  }

  private static int activeLatents(Settings settings, int latents) {
    int k = settings.positive("k");
    if (k > latents) {
      throw settings.refusal("k is " + k + ", but there are only " + latents + " latents.");
    }
    return k;
  }

  private static boolean layerNorm(Settings settings) {
    String normalisation = settings.text("normalize_activations").orElse("none");
    return switch (normalisation) {
      case "none" -> false;
      case "layer_norm" -> true;
      case "expected_average_only_in" ->
          throw settings.refusal(
              "normalize_activations is 'expected_average_only_in'; fold the scaling factor into the"
                  + " weights (fold_activation_norm_scaling_factor) and save the autoencoder again.");
      default ->
          throw settings.refusal(
              "normalize_activations '"
                  + normalisation
                  + "' is not supported; none and layer_norm are.");
    };
  }

  private static int layer(Settings settings, String hookPoint) {
    Matcher matcher = RESIDUAL_POST.matcher(hookPoint);
    if (!matcher.matches()) {
      throw settings.refusal(
          "the hook point '"
              + hookPoint
              + "' is not supported; autoencoders of blocks.<layer>.hook_resid_post are.");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static TokenScope tokens(Settings settings, Settings metadata) {
    String selection = metadata.text("token_selection").orElse("").toLowerCase(Locale.ROOT);
    return switch (selection) {
      case "cls" -> TokenScope.CLS;
      case "patch", "patches" -> TokenScope.PATCHES;
      case "all" -> TokenScope.ALL;
      default ->
          throw settings.refusal(
              "metadata.token_selection is '"
                  + selection
                  + "'; say 'cls', 'patches' or 'all', the tokens that the autoencoder was trained"
                  + " on.");
    };
  }
}
