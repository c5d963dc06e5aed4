package org.steerstudy.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.steerstudy.telemetry.SequenceCoverage.Range;
import org.steerstudy.telemetry.SequenceCoverage.Run;

class SequenceCoverageTest {

  @Test
  void nothingHeldAndNothingDeclaredIsComplete() {
    assertEquals(new SequenceCoverage(0, 0, 0, List.of()), SequenceCoverage.of(List.of(), 0));
  }

  @Test
  void nothingHeldOfFiveDeclaredMissesAllFive() {
    assertEquals(List.of(new Range(1, 5)), SequenceCoverage.of(List.of(), 5).missing());
  }

  @Test
  void aGapAtTheBeginningKeepsTheAcceptedNumberAtZero() {
    SequenceCoverage coverage = SequenceCoverage.of(List.of(new Run(3, 4)), 0);
    assertEquals(0, coverage.contiguous());
    assertEquals(List.of(new Range(1, 2)), coverage.missing());
  }

  /** The gaps and what is held together are exactly the numbers up to the end. */
  @Property
  void heldAndMissingTogetherAreTheWholeSequence(
      @ForAll Set<@IntRange(min = 1, max = 60) Integer> numbers,
      @ForAll @IntRange(min = 0, max = 70) int declared) {
    TreeSet<Integer> held = new TreeSet<>(numbers);
    SequenceCoverage coverage = SequenceCoverage.of(runs(held), declared);

    TreeSet<Integer> whole = new TreeSet<>(held);
    for (Range range : coverage.missing()) {
      for (long n = range.from(); n <= range.to(); n++) {
        assertEquals(true, whole.add((int) n), "number " + n + " is held, not missing");
      }
    }
    int end = Math.max(declared, held.isEmpty() ? 0 : held.last());
    assertEquals(end, whole.size());
    assertEquals(held.size(), coverage.held());
    assertEquals(whole.size() == held.size(), coverage.complete());
  }

  private static List<Run> runs(TreeSet<Integer> held) {
    List<Run> runs = new ArrayList<>();
    for (int n : held) {
      if (!runs.isEmpty() && runs.get(runs.size() - 1).to() == n - 1) {
        Run last = runs.remove(runs.size() - 1);
        runs.add(new Run(last.from(), n));
      } else {
        runs.add(new Run(n, n));
      }
    }
    return runs;
  }
}
