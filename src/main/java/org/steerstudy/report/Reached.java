package org.steerstudy.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.steerstudy.platform.ProblemException;

/** How far the sessions that are shown have come. */
public enum Reached {
  OPENED("true"),
  CONSENTED(
      "exists (select from session_step c where c.session_id = s.id and c.type = 'consent'"
          + " and c.completed_at is not null)"),
  RUNNING("s.state = 'running'"),
  FINISHING("s.state = 'finishing'"),
  COMPLETE("s.state = 'complete'");

  private final String condition;

  Reached(String condition) {
    this.condition = condition;
  }

  /** As it stands in an address. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** SQL over a session {@code s}. */
  String condition() {
    return condition;
  }

  /**
   * @throws ProblemException 400 for a word that is none of the keys
   */
  static Reached of(String key) {
    if (key == null) {
      return OPENED;
    }
    return Stream.of(values())
        .filter(reached -> reached.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.badRequest(
                    "'reached' is one of "
                        + Stream.of(values()).map(Reached::key).collect(Collectors.joining(", "))
                        + "."));
  }
}
