package org.steerstudy.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.steerstudy.platform.ProblemException;

/** Whose sessions are shown. Trial runs and robots are never counted with people. */
public enum Who {
  PEOPLE("People", "not pilot and not robot"),
  PILOTS("Pilots", "pilot and not robot"),
  ROBOTS("Robots", "robot"),
  ALL("All", "true");

  private final String label;
  private final String condition;

  Who(String label, String condition) {
    this.label = label;
    this.condition = condition;
  }

  /** As it stands in an address. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return label;
  }

  /** SQL over the columns {@code pilot} and {@code robot}. */
  String condition() {
    return condition;
  }

  /**
   * @throws ProblemException 400 for a word that is none of the keys
   */
  static Who of(String key) {
    return key == null ? PEOPLE : choose(key);
  }

  private static Who choose(String key) {
    return Stream.of(values())
        .filter(who -> who.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.badRequest(
                    "'who' is one of "
                        + Stream.of(values()).map(Who::key).collect(Collectors.joining(", "))
                        + "."));
  }
}
