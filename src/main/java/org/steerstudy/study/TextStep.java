package org.steerstudy.study;

/**
 * A page to read.
 *
 * @param text Markdown
 */
public record TextStep(String id, String title, String text) implements Step {

  static final String TYPE = "text";

  @Override
  public String type() {
    return TYPE;
  }
}
