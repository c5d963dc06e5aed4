package org.steerstudy.study;

import java.util.List;

/**
 * How much the standing edits may break on other pictures. A rate is the number of pictures that
 * were right before and are wrong after, divided by the number that were right before (0 when none
 * was).
 *
 * @param kinds kinds of pictures in the library's {@code images.csv} that are checked
 * @param atMost largest rate over all these pictures, 0 to 1
 * @param ownClassAtMost largest rate among those of them whose true class is the step's target, 0
 *     to 1
 */
public record RippleLimit(List<String> kinds, double atMost, double ownClassAtMost) {

  public RippleLimit {
    kinds = List.copyOf(kinds);
  }
}
