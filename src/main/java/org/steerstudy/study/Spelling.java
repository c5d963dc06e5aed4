package org.steerstudy.study;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Spelling {

  private Spelling() {}

  /**
   * A phrase that names the nearest of the known words, or lists all when none is near and they are
   * few.
   */
  static String suggestion(String word, Collection<String> known) {
    Optional<String> nearest = nearest(word, known);
    if (nearest.isPresent()) {
      return "did you mean \"" + nearest.get() + "\"?";
    }
    return known.isEmpty() || known.size() > 12 ? "" : "known: " + String.join(", ", known);
  }

  /** The known word with the fewest changes, if they are at most a third of the word's length. */
  static Optional<String> nearest(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(
            other ->
                distance(wanted, other.toLowerCase(Locale.ROOT))
                    <= Math.max(1, Math.max(word.length(), other.length()) / 3))
        .min(Comparator.comparingInt(other -> distance(wanted, other.toLowerCase(Locale.ROOT))));
  }

  /**
   * Number of insertions, deletions, replacements and swaps of neighbours that turn one word into
   * the other (optimal string alignment).
   */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
