package org.steerstudy.workbench;

import java.util.List;
import java.util.UUID;

/**
 * The effect of one latent over several doses, the other standing edits kept.
 *
 * @param activation of the latent in the unmodified pass
 * @param control the same doses of the active latent whose activation comes nearest, or null when
 *     no other is active: what any latent of this size would do
 */
record SweepResult(
    UUID measurementId, int latent, double activation, List<Dose> doses, Control control) {

  /**
   * @param multiple of the present activation
   */
  record Dose(double multiple, List<PromptPrediction> predictions) {}

  /** A matched latent under the same doses. */
  record Control(int latent, double activation, List<Dose> doses) {}
}
