package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for latents whose suppression repairs a prediction and breaks little else, as somebody
 * would who is careful: suppress the strongest one after the other until the prediction is right,
 * take back what is not needed, and if the repair still hurts the class itself, try the weaker ones
 * without the strongest.
 */
final class RepairSearch {

  private static final int MOST = 5;
  private static final int ALTERNATIVES = 3;

  private final Bench bench;
  private final List<Integer> ranked;
  private final Predicate<JsonNode> repaired;
  private final Set<Integer> standing = new LinkedHashSet<>();
  private final Set<Set<Integer>> tried = new LinkedHashSet<>();
  private final List<Repair> repairs = new ArrayList<>();

  /**
   * @param ranked latents that speak for the wrong class, strongest first; nothing may be edited
   *     yet
   * @param repaired whether predictions are as they should be
   */
  RepairSearch(Bench bench, List<Integer> ranked, Predicate<JsonNode> repaired) {
    this.bench = bench;
    this.ranked = ranked;
    this.repaired = repaired;
  }

  /** Latents whose suppression repairs the prediction, and what that costs. */
  record Repair(Set<Integer> latents, Bench.Ripple ripple) {}

  /** All repairs found, the least harmful first. */
  List<Repair> search() {
    Set<Integer> strongest = new LinkedHashSet<>();
    for (int latent : ranked.subList(0, Math.min(MOST, ranked.size()))) {
      strongest.add(latent);
      if (attempt(strongest)) {
        break;
      }
    }
    takeBack(strongest);
    if (ranked.size() > 1 && bench.shows("ripple") && stillHurts()) {
      List<Integer> weaker = ranked.subList(1, Math.min(ALTERNATIVES, ranked.size()));
      weaker.forEach(latent -> attempt(Set.of(latent)));
      if (stillHurts()) {
        attempt(new LinkedHashSet<>(weaker));
      }
    }
    return repairs.stream()
        .sorted(
            Comparator.comparingDouble((Repair repair) -> repair.ripple().ownClass())
                .thenComparingDouble(repair -> repair.ripple().all())
                .thenComparingInt(repair -> repair.latents().size()))
        .toList();
  }

  /** Makes exactly these latents suppressed. */
  JsonNode apply(Set<Integer> latents) {
    JsonNode after = null;
    for (int latent : List.copyOf(standing)) {
      if (!latents.contains(latent)) {
        after = bench.reset(latent);
        standing.remove(latent);
      }
    }
    for (int latent : latents) {
      if (standing.add(latent)) {
        after = bench.edit(latent, "suppress", 0, false);
      }
    }
    return after;
  }

  private boolean attempt(Set<Integer> latents) {
    Set<Integer> chosen = new LinkedHashSet<>(latents);
    if (!tried.add(chosen)) {
      return repairs.stream().anyMatch(repair -> repair.latents().equals(chosen));
    }
    JsonNode after = apply(chosen);
    if (after == null || !repaired.test(after)) {
      return false;
    }
    repairs.add(
        new Repair(chosen, bench.shows("ripple") ? bench.ripple() : new Bench.Ripple(0, 0)));
    return true;
  }

  private void takeBack(Set<Integer> latents) {
    List<Integer> weakestFirst = new ArrayList<>(latents);
    Collections.reverse(weakestFirst);
    Set<Integer> needed = new LinkedHashSet<>(latents);
    for (int latent : weakestFirst) {
      Set<Integer> fewer = new LinkedHashSet<>(needed);
      fewer.remove(latent);
      if (!fewer.isEmpty() && attempt(fewer)) {
        needed = fewer;
      }
    }
  }

  private boolean stillHurts() {
    return repairs.stream().noneMatch(repair -> repair.ripple().ownClass() == 0);
  }
}
