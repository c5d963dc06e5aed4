package org.steerstudy.engine.concepts;

import java.util.List;

/**
 * What a set of pictures shows about a latent. The activation of a picture is the sum over its
 * tokens in scope.
 *
 * @param latent its number
 * @param frequency share of the pictures on which it is active
 * @param maximum its activation on the picture that activates it most; 0 when none does
 * @param meanWhenActive its mean activation on the pictures where it is active; 0 when there is
 *     none
 * @param tokenMaximum its activation on the single token that activates it most: the natural unit
 *     of a dose of SET and ADD, which act on each token; equals the maximum when only the class
 *     token is in scope
 * @param examples the pictures that activate it most, strongest first, at most {@value
 *     LatentIndex#EXAMPLES}
 */
public record LatentEvidence(
    int latent,
    float frequency,
    float maximum,
    float meanWhenActive,
    float tokenMaximum,
    List<Example> examples) {

  /** Takes its own copy of the list. */
  public LatentEvidence {
    examples = List.copyOf(examples);
  }

  /**
   * A picture and how strongly it activates the latent.
   *
   * @param picture SHA-256 of the picture
   * @param activation summed over its tokens in scope
   */
  public record Example(String picture, float activation) {}
}
