package org.steerstudy.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.TemplateExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.UUID;

/** How pages write times, durations and ids. */
@TemplateExtension
final class ReportFormats {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ReportFormats() {}

  /** Date and minute in UTC. */
  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** A duration in seconds, in the two units that matter. */
  static String span(Double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    if (whole < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%d d %d h", whole / 86_400, whole % 86_400 / 3600);
  }

  /** Where an entry stands in its session, as minutes, seconds and tenths. */
  static String clock(long millis) {
    Duration offset = Duration.ofMillis(Math.abs(millis));
    String sign = millis < 0 ? "−" : "";
    return offset.toHours() > 0
        ? String.format(
            Locale.ROOT,
            "%s%d:%02d:%02d",
            sign,
            offset.toHours(),
            offset.toMinutesPart(),
            offset.toSecondsPart())
        : String.format(
            Locale.ROOT,
            "%s%02d:%02d.%d",
            sign,
            offset.toMinutesPart(),
            offset.toSecondsPart(),
            offset.toMillisPart() / 100);
  }

  /** Where a moment stands after the start of its session. */
  static String clockFrom(Instant instant, Instant start) {
    return clock(Duration.between(start, instant).toMillis());
  }

  /** The end of an id, where UUIDs made at the same time differ. */
  static String brief(UUID id) {
    String text = id.toString();
    return text.substring(text.length() - 8);
  }

  /** The beginning of a fingerprint. */
  static String abbreviated(String sha256) {
    return sha256.substring(0, Math.min(10, sha256.length()));
  }

  /** A stored row as JSON, one line for each column and for each element of a list. */
  static String lines(JsonNode row) {
    StringJoiner columns = new StringJoiner(",\n", "{\n", "\n}");
    row.fields()
        .forEachRemaining(
            column -> columns.add("  \"" + column.getKey() + "\": " + value(column.getValue())));
    return columns.toString();
  }

  private static String value(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return value.toString();
    }
    StringJoiner elements = new StringJoiner(",\n    ", "[\n    ", "]");
    value.forEach(element -> elements.add(element.toString()));
    return elements.toString();
  }

  /** Share of a whole in per cent; 0 of nothing. */
  static long percentOf(long part, long whole) {
    return whole == 0 ? 0 : Math.round(100.0 * part / whole);
  }
}
