package org.steerstudy.session;

import java.util.UUID;

/**
 * Where a participant is, as pages and programs get it.
 *
 * @param state {@code running}, {@code finishing} or {@code complete}
 * @param position of the open step, from 1
 * @param steps how many steps the study has
 * @param step the open step without anything that would give an answer away
 */
public record SessionState(
    UUID sessionId,
    StudyTitle study,
    String pseudonym,
    String state,
    int position,
    int steps,
    StepView step) {

  /**
   * @param minutes how long the study takes, as the script says
   * @param contact whom to ask
   */
  public record StudyTitle(String slug, String title, int minutes, String contact) {}
}
