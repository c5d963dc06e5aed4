package org.steerstudy.study;

import java.util.List;
import java.util.Optional;

/**
 * A study as its researcher wrote it in {@code tasks/<slug>/study.yaml}: who to ask, which model,
 * and the steps in the order in which a participant meets them.
 *
 * @param format version of the format, {@value #FORMAT}
 * @param slug name of the study in addresses and files
 * @param title what participants and staff read
 * @param summary one paragraph for staff
 * @param minutes how long the study takes, as told to participants
 * @param contact whom a participant may ask
 * @param model model library and sparse autoencoder of all workbench steps
 * @param steps at least one; a single {@link DebriefStep}, which is the last
 */
public record StudyScript(
    String format,
    String slug,
    String title,
    String summary,
    int minutes,
    String contact,
    ModelChoice model,
    List<Step> steps) {

  /** The only version of the format so far. */
  public static final String FORMAT = "steerstudy/1";

  public StudyScript {
    steps = List.copyOf(steps);
  }

  /** The step with this id, if the script has one. */
  public Optional<Step> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }
}
