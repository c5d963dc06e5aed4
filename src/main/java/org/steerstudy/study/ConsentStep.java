package org.steerstudy.study;

import java.util.List;

/**
 * What a participant agrees to before anything else. The text is pinned to the session through the
 * hash of the script, so it is always known to which words somebody agreed.
 *
 * @param text Markdown
 * @param items statements to tick, at least one of them required
 */
public record ConsentStep(String id, String title, String text, List<ConsentItem> items)
    implements Step {

  static final String TYPE = "consent";

  public ConsentStep {
    items = List.copyOf(items);
  }

  @Override
  public String type() {
    return TYPE;
  }
}
