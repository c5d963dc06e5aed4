package org.steerstudy.engine.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.sae.SparseAutoencoder;

/**
 * Activation times gradient, {@code A_k = sum_t f_tk * s_t * (g_t . W_dec[k])}, with the activation
 * f of the unmodified pass, the gradient g of the target at the residual stream, and the scale s of
 * the token where the autoencoder normalises its input.
 *
 * <p>This is {@code f_k * dy/df_k} of a model in which the autoencoder's error is kept as a
 * constant beside its reconstruction, so that the residual stream, and with it the prediction, is
 * exactly the unmodified one (attribution patching with a zero baseline; Nanda 2023, Marks et al.
 * 2024).
 */
public final class ActivationTimesGradient {

  /** The name under which scores of this kind are reported. */
  public static final String NAME = "act-x-grad";

  private static final Comparator<LatentAttribution> STRONGEST_FIRST =
      Comparator.comparingDouble((LatentAttribution each) -> -Math.abs(each.score()))
          .thenComparingInt(LatentAttribution::latent);

  private ActivationTimesGradient() {}

  /**
   * @param activations the active latents of the tokens in scope
   * @param gradient the gradient at the residual stream
   * @param from where the gradient of the first token in scope begins
   */
  public static List<LatentAttribution> of(
      SparseAutoencoder sae, LatentActivations activations, float[] gradient, int from) {
    SortedMap<Integer, Double> scores = new TreeMap<>();
    for (int token = 0; token < activations.tokens(); token++) {
      int at = from + token * sae.width();
      for (int i = 0; i < activations.latents()[token].length; i++) {
        int latent = activations.latents()[token][i];
        double contribution = activations.values()[token][i] * activations.scales()[token];
        scores.merge(latent, contribution * sae.alongDirection(latent, gradient, at), Double::sum);
      }
    }
    SortedMap<Integer, Float> totals = activations.totals();
    List<LatentAttribution> latents = new ArrayList<>();
    scores.forEach(
        (latent, score) ->
            latents.add(
                new LatentAttribution(
                    latent, totals.get(latent), score.floatValue(), activations.ofLatent(latent))));
    latents.sort(STRONGEST_FIRST);
    return latents;
  }
}
