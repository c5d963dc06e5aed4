package org.steerstudy.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import org.steerstudy.study.Asks;
import org.steerstudy.study.CauseQuestion;
import org.steerstudy.study.OperationName;
import org.steerstudy.study.Option;
import org.steerstudy.study.Panel;

/**
 * A step as the participant may see it. What the script knows beyond that (the planted cause, the
 * limits of success, the name of a file) stays on the server.
 */
public sealed interface StepView {

  String id();

  String type();

  String title();

  /** The step's text as sanitised HTML. */
  String html();

  /** A versioned consent text, each item ticked on its own. */
  record Consent(
      String id, String type, String title, String html, List<Item> items, String scriptSha256)
      implements StepView {}

  /** Something to read. */
  record Text(String id, String type, String title, String html) implements StepView {}

  /** Items to answer, in the order in which they are shown. */
  record Questionnaire(String id, String type, String title, String html, List<Item> items)
      implements StepView {}

  /** The last step: what it was about, and thanks. */
  record Debrief(String id, String type, String title, String html) implements StepView {}

  /**
   * A task on the model.
   *
   * @param target index of the prompt whose attribution is asked for at first
   * @param contrast index of the prompt that it is compared with, or null
   * @param doses multiples of the present activation that a sweep tries
   * @param attempts how often an answer may be given; 0 is without limit
   */
  record Workbench(
      String id,
      String type,
      String title,
      String html,
      Image image,
      List<Prompt> prompts,
      int target,
      Integer contrast,
      Set<Panel> panels,
      Set<OperationName> operations,
      List<Double> doses,
      Asks ask,
      CauseQuestion answer,
      int attempts)
      implements StepView {}

  /** A picture by its content address. */
  record Image(String url, int width, int height) {}

  /** A class and the text that the model compares the picture with. */
  record Prompt(int index, String name, String text) {}

  /** One item of a form; members that its type does not have are absent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Item(
      String id,
      String type,
      String text,
      boolean required,
      List<Option> options,
      Double min,
      Double max,
      Double step,
      Integer points,
      String low,
      String high) {

    static Item of(String id, String type, String text, boolean required) {
      return new Item(id, type, text, required, null, null, null, null, null, null, null);
    }

    Item withOptions(List<Option> choices) {
      return new Item(id, type, text, required, choices, min, max, step, points, low, high);
    }

    Item withPoints(int count, String lowest, String highest) {
      return new Item(id, type, text, required, options, min, max, step, count, lowest, highest);
    }

    Item withRange(Double from, Double to, Double by, String lowest, String highest) {
      return new Item(id, type, text, required, options, from, to, by, points, lowest, highest);
    }
  }
}
