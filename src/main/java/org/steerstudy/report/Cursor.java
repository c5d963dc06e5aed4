package org.steerstudy.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;

/**
 * The last row of a page; the next page begins after it. Rows that are stored meanwhile shift
 * nothing.
 *
 * @param number of the participant
 * @param at time of the row, ISO 8601
 */
record Cursor(int number, String at, int ord, UUID id) {

  /**
   * @throws ProblemException 400 for a text that no page gave out
   */
  static Cursor of(String text) {
    String[] parts = text.split("~", -1);
    try {
      if (parts.length == 4) {
        return new Cursor(
            Integer.parseInt(parts[0]),
            Instant.parse(parts[1]).toString(),
            Integer.parseInt(parts[2]),
            UUID.fromString(parts[3]));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw unknown();
    }
    throw unknown();
  }

  private static ProblemException unknown() {
    return ProblemException.badRequest(
        "'after' does not come from a page of this list. Open the list from its beginning.");
  }

  @Override
  public String toString() {
    return number + "~" + at + "~" + ord + "~" + id;
  }
}
