package org.steerstudy.engine.attribution;

import java.util.List;
import org.steerstudy.engine.clip.Prediction;

/**
 * The latents that a prediction rests on.
 *
 * @param method how the scores were computed, {@link ActivationTimesGradient#NAME}
 * @param target what is explained
 * @param baseline the unmodified prediction
 * @param latents the active latents only, greatest absolute score first, equal ones by their number
 */
public record Attribution(
    String method, Target target, Prediction baseline, List<LatentAttribution> latents) {

  /** Takes its own copy of the list. */
  public Attribution {
    latents = List.copyOf(latents);
  }
}
