package org.steerstudy.engine.clip;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.steerstudy.engine.tensor.Settings;

/**
 * The shape of one of CLIP's two transformers.
 *
 * @param width width of the residual stream
 * @param layers number of blocks
 * @param heads number of attention heads; divides the width
 * @param mlpWidth width between the two halves of a feed-forward layer
 * @param gelu its activation
 * @param epsilon added to the variance by every layer normalisation
 */
public record TowerConfiguration(
    int width, int layers, int heads, int mlpWidth, Gelu gelu, float epsilon) {

  /** Defaults that a configuration may leave out, as the transformers library has them. */
  record Defaults(int width, int layers, int heads, int mlpWidth) {}

  static TowerConfiguration of(Settings settings, Defaults defaults) {
    int width = settings.positive("hidden_size", defaults.width());
    int heads = settings.positive("num_attention_heads", defaults.heads());
    if (width % heads != 0) {
      throw settings.refusal(
          "hidden_size " + width + " cannot be divided among " + heads + " attention heads.");
    }
    String activation = settings.text("hidden_act").orElse(Gelu.QUICK.settingsName());
    Gelu gelu =
        Arrays.stream(Gelu.values())
            .filter(each -> each.settingsName().equals(activation))
            .findFirst()
            .orElseThrow(
                () ->
                    settings.refusal(
                        "hidden_act '"
                            + activation
                            + "' is not supported; supported are "
                            + Arrays.stream(Gelu.values())
                                .map(Gelu::settingsName)
                                .collect(Collectors.joining(", "))
                            + "."));
    return new TowerConfiguration(
        width,
        settings.positive("num_hidden_layers", defaults.layers()),
        heads,
        settings.positive("intermediate_size", defaults.mlpWidth()),
        gelu,
        (float) settings.positiveNumber("layer_norm_eps", 1e-5));
  }
}
