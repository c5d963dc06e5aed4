package org.steerstudy.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.steerstudy.platform.ProblemException;

/**
 * What a count stands on. Every stored row has exactly one of the basic kinds; the others stand for
 * several of them.
 */
public enum EvidenceKind {
  ALL("Everything"),
  STEP("Steps"),
  VIEW("Views"),
  SUPPRESS("Suppress"),
  AMPLIFY("Amplify"),
  OTHER("Other edits"),
  PREVIEW("Previews"),
  RESET("Resets"),
  UNDO("Undos"),
  REDO("Redos"),
  INTERVENTION("Interventions", SUPPRESS, AMPLIFY, OTHER, RESET, UNDO, REDO),
  SWEEP("Dose sweeps"),
  RIPPLE("Ripple checks"),
  ABLATION("Removals"),
  MEASUREMENT("Measurements", SWEEP, RIPPLE, ABLATION),
  ANSWER("Answers"),
  SOLVED("Solved tasks"),
  ATTEMPT("Failed attempts"),
  OUTCOME("Attempts", SOLVED, ATTEMPT),
  EVENT("Events");

  /** The choices above a list, in their order. */
  static final List<EvidenceKind> CHOICES =
      List.of(
          ALL, STEP, VIEW, SUPPRESS, AMPLIFY, OTHER, PREVIEW, RESET, UNDO, REDO, SWEEP, RIPPLE,
          ABLATION, ANSWER, SOLVED, ATTEMPT, EVENT);

  private final String label;
  private final List<EvidenceKind> parts;

  EvidenceKind(String label, EvidenceKind... parts) {
    this.label = label;
    this.parts = List.of(parts);
  }

  /** As it stands in an address and in the database's answer. */
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String label() {
    return label;
  }

  /** Whether it stands for several basic kinds, all of them left out. */
  public boolean group() {
    return !parts.isEmpty();
  }

  /** The keys of the basic kinds that this one stands for. */
  String[] keys() {
    Stream<EvidenceKind> kinds =
        this == ALL
            ? Stream.of(values()).filter(kind -> kind != ALL && kind.parts.isEmpty())
            : parts.isEmpty() ? Stream.of(this) : parts.stream();
    return kinds.map(EvidenceKind::key).toArray(String[]::new);
  }

  /**
   * @throws ProblemException 400 for a word that is none of the keys
   */
  static EvidenceKind of(String key) {
    if (key == null || key.isBlank()) {
      return ALL;
    }
    return Stream.of(values())
        .filter(kind -> kind.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.badRequest(
                    "'kind' is one of "
                        + Stream.of(values())
                            .map(EvidenceKind::key)
                            .collect(Collectors.joining(", "))
                        + "."));
  }
}
