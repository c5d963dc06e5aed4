package org.steerstudy.engine.attribution;

import java.util.OptionalInt;

/**
 * What is to be explained: {@code y = logit[prompt]}, or with a contrast {@code y = logit[prompt] -
 * logit[contrast]}.
 *
 * @param prompt number of a prompt
 * @param contrast number of another prompt
 */
public record Target(int prompt, OptionalInt contrast) {

  /** The logit of one prompt. */
  public static Target of(int prompt) {
    return new Target(prompt, OptionalInt.empty());
  }

  /** The logit of one prompt minus that of another. */
  public static Target contrast(int prompt, int contrast) {
    return new Target(prompt, OptionalInt.of(contrast));
  }
}
