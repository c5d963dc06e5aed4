package org.steerstudy.study;

/**
 * The last page: what the study was about. Nothing that it tells may be known to a participant
 * before.
 *
 * @param text Markdown
 */
public record DebriefStep(String id, String title, String text) implements Step {

  static final String TYPE = "debrief";

  @Override
  public String type() {
    return TYPE;
  }
}
