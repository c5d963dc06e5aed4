package org.steerstudy.study;

import java.util.List;

/**
 * A page of questions.
 *
 * @param text Markdown above the questions; may be empty
 * @param items at least one, in the order in which they are shown
 */
public record QuestionnaireStep(String id, String title, String text, List<Item> items)
    implements Step {

  static final String TYPE = "questionnaire";

  public QuestionnaireStep {
    items = List.copyOf(items);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
