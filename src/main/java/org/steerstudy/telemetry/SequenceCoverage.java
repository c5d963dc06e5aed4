package org.steerstudy.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers of a sequence 1, 2, 3, ... are held.
 *
 * @param held how many numbers are held
 * @param highest the highest number held, 0 if none
 * @param contiguous the highest n such that all of 1..n are held
 * @param missing the gaps below the end of the sequence, in order
 */
public record SequenceCoverage(long held, long highest, long contiguous, List<Range> missing) {

  /** The numbers from {@code from} to {@code to}, both included. */
  public record Range(long from, long to) {}

  /** A run of held numbers without a gap in it. */
  public record Run(long from, long to) {}

  /**
   * @param runs what is held, ascending, not touching each other
   * @param declaredLast the number at which the sequence is said to end; 0 when nothing is
   *     declared, then it ends at the highest number held
   */
  public static SequenceCoverage of(List<Run> runs, long declaredLast) {
    List<Range> missing = new ArrayList<>();
    long held = 0;
    long next = 1;
    for (Run run : runs) {
      if (run.from() > next) {
        missing.add(new Range(next, run.from() - 1));
      }
      held += run.to() - run.from() + 1;
      next = run.to() + 1;
    }
    long highest = next - 1;
    if (declaredLast > highest) {
      missing.add(new Range(next, declaredLast));
    }
    long contiguous = runs.isEmpty() || runs.get(0).from() > 1 ? 0 : runs.get(0).to();
    return new SequenceCoverage(held, highest, contiguous, List.copyOf(missing));
  }

  public boolean complete() {
    return missing.isEmpty();
  }
}
