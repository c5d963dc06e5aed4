package org.steerstudy.engine.sae;

import java.util.Arrays;
import java.util.PriorityQueue;

/** From the pre-activations of one token to its active latents. */
sealed interface LatentSelection {

  /**
   * @param from where the token's pre-activations begin
   * @param count how many there are
   * @return the places of the active ones relative to {@code from}, ascending; all are above zero
   */
  int[] active(float[] preactivations, int from, int count);

  /** ReLU: every latent above zero. */
  record Relu() implements LatentSelection {
    @Override
    public int[] active(float[] preactivations, int from, int count) {
      int[] active = new int[count];
      int found = 0;
      for (int latent = 0; latent < count; latent++) {
        if (preactivations[from + latent] > 0) {
          active[found++] = latent;
        }
      }
      return Arrays.copyOf(active, found);
    }
  }

  /** The k greatest, of equal ones those with the lower numbers, and then ReLU. */
  record TopK(int k) implements LatentSelection {
    @Override
    public int[] active(float[] preactivations, int from, int count) {
      PriorityQueue<Integer> weakestFirst =
          new PriorityQueue<>(
              k + 1,
              (a, b) -> {
                int byValue = Float.compare(preactivations[from + a], preactivations[from + b]);
                return byValue != 0 ? byValue : Integer.compare(b, a);
              });
      for (int latent = 0; latent < count; latent++) {
        float value = preactivations[from + latent];
        // What is not above zero could win a place but is cut off afterwards.
        if (value <= 0
            || weakestFirst.size() == k && value <= preactivations[from + weakestFirst.peek()]) {
          continue;
        }
        weakestFirst.add(latent);
        if (weakestFirst.size() > k) {
          weakestFirst.poll();
        }
      }
      return weakestFirst.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
  }
}
