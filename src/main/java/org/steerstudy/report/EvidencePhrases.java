package org.steerstudy.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says in one sentence what a stored row holds. The row itself stands below it. */
final class EvidencePhrases {

  private static final int LONGEST = 160;

  private EvidencePhrases() {}

  /**
   * @param record the table
   * @param row its columns by their names in the database
   */
  static String summary(String record, JsonNode row) {
    return switch (record) {
      case "step" -> step(row);
      case "event" -> event(row);
      case "view" -> view(row);
      case "intervention" -> intervention(row);
      case "measurement" -> measurement(row);
      case "answer" -> answer(row);
      case "outcome" -> outcome(row);
      default -> throw new IllegalArgumentException("unknown record " + record);
    };
  }

  private static String step(JsonNode row) {
    return format(
        "Enters step %d, %s (%s)",
        row.path("position").asInt(), row.path("step_id").asText(), row.path("type").asText());
  }

  private static String event(JsonNode row) {
    String where = row.path("origin").asText().equals("server") ? "server" : "browser";
    String payload = row.path("payload").isEmpty() ? "" : " " + row.path("payload");
    return cut(
        format(
            "%s · %s %d%s", row.path("type").asText(), where, row.path("seq").asLong(), payload));
  }

  private static String view(JsonNode row) {
    String target = quoted(row.path("target"));
    String against =
        row.path("contrast").isNull() ? "" : " against " + quoted(row.path("contrast"));
    List<String> strongest = new ArrayList<>();
    for (JsonNode component : row.path("components")) {
      if (strongest.size() < 3) {
        strongest.add(
            format(
                "%d (%+.2f)",
                component.path("latent").asLong(), component.path("score").asDouble()));
      }
    }
    return format(
        "Attribution of %s%s: %d active latents, strongest %s; the model says %s",
        target,
        against,
        row.path("components").size(),
        strongest.isEmpty() ? "none" : String.join(", ", strongest),
        top(row.path("predictions")));
  }

  private static String intervention(JsonNode row) {
    String dose =
        row.path("multiple_after").isNull()
            ? ""
            : format(
                ", %s → %s of its activation",
                times(row.path("multiple_before")), times(row.path("multiple_after")));
    return format(
        "%s%s; %s → %s",
        deed(row), dose, top(row.path("predictions_before")), top(row.path("predictions_after")));
  }

  /** The kind stands beside the sentence; it is repeated only where that shows something else. */
  private static String deed(JsonNode row) {
    String kind = row.path("kind").asText();
    if (row.path("latent").isNull()) {
      return switch (kind) {
        case "undo" -> "One edit back";
        case "redo" -> "One edit forward";
        default -> "All edits taken back";
      };
    }
    long latent = row.path("latent").asLong();
    boolean preview = row.path("phase").asText().equals("preview");
    boolean shown = Set.of("suppress", "amplify", "reset", "undo", "redo").contains(kind);
    return preview || !shown ? format("%s, latent %d", kind, latent) : format("Latent %d", latent);
  }

  private static String measurement(JsonNode row) {
    JsonNode result = row.path("result");
    return switch (row.path("kind").asText()) {
      case "sweep" ->
          format(
              "Dose sweep of latent %d: %d doses%s",
              row.path("latent").asLong(),
              result.path("doses").size(),
              result.path("control").isObject()
                  ? ", control latent " + result.path("control").path("latent").asLong()
                  : "");
      case "ripple" ->
          format(
              "Ripple check on %d pictures: %d repaired, %d broken, %d unchanged",
              result.path("pictures").asLong(),
              result.path("repaired").asLong(),
              result.path("broken").asLong(),
              result.path("unchanged").asLong());
      default ->
          format(
              "Effect of removing each of %d latents, one at a time",
              result.path("effects").size());
    };
  }

  private static String answer(JsonNode row) {
    int revision = row.path("revision").asInt();
    return cut(
        format(
            "%s: %s%s",
            row.path("item_id").asText(),
            row.path("value"),
            revision > 1 ? " (revision " + revision + ")" : ""));
  }

  private static String outcome(JsonNode row) {
    List<String> criteria = new ArrayList<>();
    for (JsonNode criterion : row.path("judged")) {
      criteria.add(
          criterion.path("name").asText()
              + (criterion.path("met").asBoolean() ? " met" : " not met"));
    }
    return format(
        "Attempt %d, cause %s: %s%s",
        row.path("attempt").asInt(),
        quoted(row.path("cause")),
        row.path("success").asBoolean() ? "solved" : "not solved",
        criteria.isEmpty() ? "" : " (" + String.join(", ", criteria) + ")");
  }

  private static String top(JsonNode predictions) {
    for (JsonNode prediction : predictions) {
      if (prediction.path("rank").asInt() == 1) {
        return format(
            "%s %.1f %%",
            quoted(prediction.path("name")), 100 * prediction.path("probability").asDouble());
      }
    }
    return "no prediction";
  }

  private static String times(JsonNode multiple) {
    return multiple.isNull() ? "–" : format("%.2f ×", multiple.asDouble());
  }

  private static String quoted(JsonNode text) {
    return "‘" + text.asText() + "’";
  }

  /** The same words whatever language the server's machine speaks. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
