package org.steerstudy.engine.steering;

import java.util.List;
import java.util.function.Predicate;
import org.steerstudy.engine.clip.Prediction;

/**
 * What an edit does to pictures beside the one that it was made for.
 *
 * @param outcomes one per picture, in the order in which the pictures were given
 */
public record RippleReport(List<Outcome> outcomes) {

  /** Takes its own copy of the list. */
  public RippleReport {
    outcomes = List.copyOf(outcomes);
  }

  /**
   * One picture before and after.
   *
   * @param picture SHA-256 of the picture
   * @param truth number of the prompt that is right for it
   * @param topBefore the prompt that the unmodified model puts first
   * @param topAfter the prompt that the edited model puts first
   * @param truthProbabilityBefore the unmodified model's probability of the right prompt
   * @param truthProbabilityAfter the edited model's
   */
  public record Outcome(
      String picture,
      int truth,
      int topBefore,
      int topAfter,
      float truthProbabilityBefore,
      float truthProbabilityAfter) {

    /** Compares two predictions of one picture. */
    public static Outcome of(String picture, int truth, Prediction before, Prediction after) {
      return new Outcome(
          picture,
          truth,
          before.top(),
          after.top(),
          before.probabilities()[truth],
          after.probabilities()[truth]);
    }

    /** Wrong before and right after. */
    public boolean repaired() {
      return topBefore != truth && topAfter == truth;
    }

    /** Right before and wrong after. */
    public boolean broken() {
      return topBefore == truth && topAfter != truth;
    }

    /** Another prompt is first, be it the right one or not. */
    public boolean flipped() {
      return topBefore != topAfter;
    }
  }

  /** How many pictures were wrong before and right after. */
  public int repaired() {
    return count(Outcome::repaired);
  }

  /** How many pictures were right before and wrong after. */
  public int broken() {
    return count(Outcome::broken);
  }

  /** How many pictures kept their first prompt. */
  public int unchanged() {
    return count(outcome -> !outcome.flipped());
  }

  /** How many pictures were right before. */
  public int rightBefore() {
    return count(outcome -> outcome.topBefore() == outcome.truth());
  }

  /** The share of pictures right before that are wrong after; 0 when none was right. */
  public double rippleRate() {
    return rate(outcome -> true);
  }

  /** {@link #rippleRate()} among the pictures for which one prompt is right. */
  public double rippleRate(int truth) {
    return rate(outcome -> outcome.truth() == truth);
  }

  private double rate(Predicate<Outcome> among) {
    int right = count(among.and(outcome -> outcome.topBefore() == outcome.truth()));
    return right == 0 ? 0 : (double) count(among.and(Outcome::broken)) / right;
  }

  private int count(Predicate<Outcome> wanted) {
    return (int) outcomes.stream().filter(wanted).count();
  }
}
