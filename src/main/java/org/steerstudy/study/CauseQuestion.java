package org.steerstudy.study;

import java.util.List;

/**
 * The question that closes a workbench step.
 *
 * @param question plain text
 * @param options possible causes, in the order in which they are shown, at least two
 * @param explanation whether the participant explains the choice in own words
 */
public record CauseQuestion(String question, List<Option> options, Ask explanation) {

  public CauseQuestion {
    options = List.copyOf(options);
  }
}
