package org.steerstudy.workbench;

import java.util.List;
import java.util.UUID;

/**
 * The standing edits on a set of other pictures: what they repair, what they break, beside
 * controls.
 *
 * @param pictures how many were checked
 * @param rightBefore how many the unmodified model gets right
 * @param unchanged pictures whose strongest class stays the same
 * @param rippleRate broken / right before; 0 when none was right
 * @param ownClass the class that the task's picture is mistaken for
 */
record RippleResult(
    UUID measurementId,
    List<StoredEdit> edits,
    int pictures,
    int rightBefore,
    int repaired,
    int broken,
    int unchanged,
    double rippleRate,
    OwnClass ownClass,
    List<Flip> flips,
    List<Control> controls) {

  /** The pictures of one class alone. */
  record OwnClass(String name, int rightBefore, int broken, double rippleRate) {}

  /**
   * A picture whose strongest class changed.
   *
   * @param outcome {@code repaired}, {@code broken} or {@code other} (wrong before and after)
   */
  record Flip(String url, String truth, String before, String after, String outcome) {}

  /**
   * A change of the same size that aims at nothing.
   *
   * @param latents the latents edited instead; empty for a random direction
   * @param seed draws the control again
   */
  record Control(
      String name, List<Integer> latents, long seed, int repaired, int broken, double rippleRate) {}
}
