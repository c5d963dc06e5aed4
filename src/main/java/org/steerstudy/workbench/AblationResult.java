package org.steerstudy.workbench;

import java.util.List;
import java.util.UUID;

/**
 * What happens to the view's target when latents are removed, each alone.
 *
 * @param target the class whose logit is measured
 * @param contrast the class whose logit is subtracted, or null
 */
record AblationResult(UUID measurementId, String target, String contrast, List<Effect> effects) {

  /**
   * @param effect target score without the latent minus target score of the unmodified model, in
   *     logits
   */
  record Effect(int latent, double effect) {}
}
