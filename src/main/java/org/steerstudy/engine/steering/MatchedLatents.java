package org.steerstudy.engine.steering;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.concepts.LatentIndex;

/**
 * A control for edits of chosen latents: the same operations with the same doses on other latents
 * that are about as often and about as strongly active. If such edits did as well, the chosen
 * latents would be nothing special.
 *
 * <p>The distance of two latents is {@code |ln((n + 1) / (m + 1))| + |ln(a / b)|}, with the numbers
 * n, m of pictures on which they are active and their mean activations a, b there. For every edit
 * one of the nearest ten is drawn.
 */
public final class MatchedLatents {

  private static final int NEAREST = 10;

  private MatchedLatents() {}

  /**
   * @param excluded latents that must not be drawn, beside those of the edits
   * @param seed decides the draw
   * @return one edit for each, in the same order
   * @throws EngineException of kind EDIT when no latent is left that is as much alive
   */
  public static List<Edit> draw(
      LatentIndex index, EditSet edits, List<Edit> order, Set<Integer> excluded, long seed) {
    Random random = new Random(seed);
    Set<Integer> taken = new HashSet<>(excluded);
    taken.addAll(edits.byLatent().keySet());
    Map<Integer, Edit> drawn = new HashMap<>();
    // Ascending by latent, so that the order in which edits are given does not matter.
    for (Edit edit : edits.byLatent().values()) {
      List<Integer> nearest = nearest(index, edit.latent(), taken);
      if (nearest.isEmpty()) {
        throw EngineException.edit(
            "No latent is left that could be compared with latent "
                + edit.latent()
                + ". Exclude fewer latents or use more pictures.");
      }
      int latent = nearest.get(random.nextInt(nearest.size()));
      taken.add(latent);
      drawn.put(edit.latent(), edit.movedTo(latent));
    }
    return order.stream().map(edit -> drawn.get(edit.latent())).toList();
  }

  private static List<Integer> nearest(LatentIndex index, int latent, Set<Integer> taken) {
    boolean alive = index.count(latent) > 0;
    return IntStream.range(0, index.latents())
        .filter(other -> !taken.contains(other) && alive == index.count(other) > 0)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer other) -> distance(index, latent, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(NEAREST)
        .toList();
  }

  private static double distance(LatentIndex index, int latent, int other) {
    double frequency = Math.log((index.count(latent) + 1.0) / (index.count(other) + 1.0));
    double strength =
        index.count(latent) == 0
            ? 0
            : Math.log(index.meanWhenActive(latent) / index.meanWhenActive(other));
    return Math.abs(frequency) + Math.abs(strength);
  }
}
