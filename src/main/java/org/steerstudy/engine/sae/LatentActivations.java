package org.steerstudy.engine.sae;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The active latents of one picture, token by token. The arrays are shared and must not be written
 * to.
 *
 * @param latents per token in scope the numbers of its active latents, ascending
 * @param values their activations, all above zero
 * @param scales per token the factor between a latent's activation times its decoder direction and
 *     what it contributes to the residual stream: the unbiased standard deviation of the token
 *     where the autoencoder normalises its input, otherwise 1
 */
public record LatentActivations(int[][] latents, float[][] values, float[] scales) {

  /** How many tokens are in scope. */
  public int tokens() {
    return latents.length;
  }

  /** The activation of a latent on a token; zero when it is not active. */
  public float at(int token, int latent) {
    int place = Arrays.binarySearch(latents[token], latent);
    return place < 0 ? 0 : values[token][place];
  }

  /** The activation of a latent on each token in scope. */
  public float[] ofLatent(int latent) {
    float[] activations = new float[tokens()];
    for (int token = 0; token < activations.length; token++) {
      activations[token] = at(token, latent);
    }
    return activations;
  }

  /** The activation of each active latent, summed over the tokens in scope. */
  public SortedMap<Integer, Float> totals() {
    SortedMap<Integer, Double> sums = new TreeMap<>();
    for (int token = 0; token < latents.length; token++) {
      for (int i = 0; i < latents[token].length; i++) {
        sums.merge(latents[token][i], (double) values[token][i], Double::sum);
      }
    }
    SortedMap<Integer, Float> totals = new TreeMap<>();
    sums.forEach((latent, sum) -> totals.put(latent, sum.floatValue()));
    return totals;
  }

  /** About how many bytes it takes on the heap. */
  public long bytes() {
    long bytes = 64L + 4L * scales.length;
    for (int[] token : latents) {
      bytes += 48 + 8L * token.length;
    }
    return bytes;
  }
}
