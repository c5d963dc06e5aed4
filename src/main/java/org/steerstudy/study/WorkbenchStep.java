package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A debugging task: one picture that the model gets wrong, the means to look at it and to act on
 * it, and what counts as solved. {@link #truth}, {@link #success} and {@link #image} are for the
 * server alone.
 *
 * @param task Markdown, the task in one or two sentences
 * @param image file name in the library's {@code images/}
 * @param prompts the classes that the model chooses among
 * @param target class whose logit is explained: the one that the model predicts wrongly
 * @param contrast class whose logit is subtracted from the target's, usually the true one; null for
 *     none
 * @param truth class that the picture shows
 * @param panels what this step shows; what is not named is refused by the server too
 * @param operations edits that are allowed
 * @param doses multiples of the present activation for sweeps, strictly ascending
 * @param ask what is asked beside the task
 * @param answer the closing question for the cause
 * @param success what the server judges
 * @param attempts how many answers may be given; 0 for any number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkbenchStep(
    String id,
    String title,
    String task,
    String image,
    Prompts prompts,
    String target,
    String contrast,
    String truth,
    Set<Panel> panels,
    Set<OperationName> operations,
    List<Double> doses,
    Asks ask,
    CauseQuestion answer,
    Success success,
    int attempts)
    implements Step {

  static final String TYPE = "workbench";

  public WorkbenchStep {
    panels = ordered(Panel.class, panels);
    operations = ordered(OperationName.class, operations);
    doses = List.copyOf(doses);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** In the order of the enumeration, so that the same script always gives the same JSON. */
  private static <E extends Enum<E>> Set<E> ordered(Class<E> type, Set<E> values) {
    Set<E> copy = EnumSet.noneOf(type);
    copy.addAll(values);
    return Collections.unmodifiableSet(copy);
  }
}
