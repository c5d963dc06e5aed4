package org.steerstudy.engine.steering;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.sae.SparseAutoencoder;
import org.steerstudy.engine.tensor.Sha256;

/**
 * What edits add to the residual stream of a picture: per token in scope {@code s * sum_k (f'_k -
 * f_k) W_dec[k]}, with the activations f of the unmodified pass and the scale s of the token.
 *
 * <p>This equals {@code x' = decode(f') + (x - decode(f))}: the autoencoder's error stays in place,
 * and only edited latents are decoded (the delta form).
 *
 * @param values {@code [tokens in scope, width]}
 */
public record Delta(int width, double[] values) {

  /** The delta of edits, empty when they change no activation of this picture. */
  public static Optional<Delta> of(
      EditSet edits, SparseAutoencoder sae, LatentActivations activations) {
    int width = sae.width();
    double[] values = new double[activations.tokens() * width];
    boolean changed = false;
    for (Edit edit : edits.byLatent().values()) {
      for (int token = 0; token < activations.tokens(); token++) {
        double change = edit.change(activations.at(token, edit.latent()));
        if (change != 0) {
          changed = true;
          sae.addDirection(
              edit.latent(), change * activations.scales()[token], values, token * width);
        }
      }
    }
    return changed ? Optional.of(new Delta(width, values)) : Optional.empty();
  }

  /**
   * A residual stream with this added.
   *
   * @param firstToken the first token in scope
   */
  public Residual addedTo(Residual residual, int firstToken) {
    float[] sums = residual.values().clone();
    int from = firstToken * width;
    for (int i = 0; i < values.length; i++) {
      sums[from + i] = (float) (sums[from + i] + values[i]);
    }
    return new Residual(residual.tokens(), width, sums);
  }

  /**
   * A control that disturbs the picture as strongly but without meaning: on every token a direction
   * drawn evenly from the sphere, with the length of this delta there. The draw depends on the seed
   * and the picture only.
   */
  public Delta inRandomDirections(String picture, long seed) {
    String digits = Sha256.of(List.of(picture, Long.toString(seed))).substring(0, 16);
    Random random = new Random(Long.parseUnsignedLong(digits, 16));
    double[] directions = new double[values.length];
    for (int from = 0; from < values.length; from += width) {
      double wanted = 0;
      double drawn = 0;
      for (int i = from; i < from + width; i++) {
        directions[i] = random.nextGaussian();
        drawn += directions[i] * directions[i];
        wanted += values[i] * values[i];
      }
      double factor = Math.sqrt(wanted / drawn);
      for (int i = from; i < from + width; i++) {
        directions[i] *= factor;
      }
    }
    return new Delta(width, directions);
  }
}
