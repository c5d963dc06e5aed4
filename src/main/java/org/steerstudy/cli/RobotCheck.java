package org.steerstudy.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.steerstudy.robot.RobotReport;

/** Holds what a robot counted on its own side against what the export says of its session. */
final class RobotCheck {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final RobotReport report;
  private final Path export;
  private final List<String> differences = new ArrayList<>();

  private RobotCheck(RobotReport report, Path export) {
    this.report = report;
    this.export = export;
  }

  /** One line for each count that differs. */
  static List<String> differences(RobotReport report, Path export) throws IOException {
    RobotCheck check = new RobotCheck(report, export);
    check.compare("views.csv", "views", report.views(), row -> true);
    check.compare("interventions.csv", "interventions", report.interventions(), row -> true);
    for (Map.Entry<String, Integer> kind : report.interventionsByKind().entrySet()) {
      check.compare(
          "interventions.csv",
          kind.getKey() + " interventions",
          kind.getValue(),
          row -> row.get("kind").equals(kind.getKey()));
    }
    check.compare(
        "measurements.csv", "sweeps", report.sweeps(), row -> row.get("kind").equals("sweep"));
    check.compare(
        "measurements.csv",
        "ripple checks",
        report.rippleChecks(),
        row -> row.get("kind").equals("ripple"));
    check.compare("outcomes.csv", "answers to tasks", report.attempts(), row -> true);
    check.compare("answers.csv", "answers", report.answers(), row -> true);
    check.compare(
        "events.csv",
        "client events",
        report.eventsSent(),
        row -> row.get("origin").equals("client"));
    check.compare(
        "sessions.csv", "complete sessions", 1, row -> row.get("state").equals("complete"));
    return check.differences;
  }

  private void compare(String table, String what, long expected, Predicate<CSVRecord> counts)
      throws IOException {
    long found = 0;
    try (Reader in = Files.newBufferedReader(export.resolve(table));
        CSVParser rows = CSVParser.parse(in, FORMAT)) {
      for (CSVRecord row : rows) {
        if (row.get("session_id").equals(report.sessionId().toString()) && counts.test(row)) {
          found++;
        }
      }
    }
    if (found != expected) {
      differences.add(
          "%s: the robot counted %d %s, the export has %d".formatted(table, expected, what, found));
    }
  }
}
