package org.steerstudy.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the export: one query, read row by row.
 *
 * @param about one sentence: what a row is
 * @param query selects the columns, and those to order by, from {@code scope}: one row per session
 *     of the participants who are in the export
 * @param order columns of the query that order the rows without ties
 */
record Table(String name, String about, String query, List<String> order, List<Column> columns) {

  /** Parameters: study id, robots included, pilots included. */
  private static final String SCOPE =
      """
      with scope as (
        select p.id as participant_id, p.number, p.pseudonym, p.pilot, p.robot, p.created_at as joined_at,
               s.id as session_id, s.study_version_id, s.state, s.step_index, s.started_at, s.finished_at
        from participant p left join session s on s.participant_id = p.id
        where p.study_id = ? and (? or not p.robot) and (? or not p.pilot))
      """;

  /** The participant and session that a row belongs to; leads every table below the session. */
  static final List<Column> WHOSE =
      List.of(
          Column.text("pseudonym", "Participant, as in participants.csv."),
          Column.uuid("session_id", "Session, as in sessions.csv."));

  /** What recomputes a stored result. */
  static final List<Column> FINGERPRINTS =
      List.of(
          Column.sha256("model_sha256", "Fingerprint of the model checkpoint."),
          Column.sha256("sae_sha256", "Fingerprint of the sparse autoencoder."),
          Column.sha256("image_sha256", "SHA-256 of the picture file."),
          Column.sha256("prompts_sha256", "Fingerprint of the prompts in their order."),
          Column.sha256(
              "script_sha256", "Fingerprint of the study script; the text is in scripts/."),
          Column.text(
              "engine_version", "Version of the computation; equal versions compute equal."),
          Column.integer("latency_micros", "µs", "Time that the computation took."),
          Column.time("created_at", "When the result was stored."));

  @SafeVarargs
  static List<Column> columns(List<Column>... groups) {
    return Stream.of(groups).flatMap(List::stream).toList();
  }

  String file() {
    return name + ".csv";
  }

  List<String> header() {
    return columns.stream().map(Column::name).toList();
  }

  String sql() {
    List<String> selected = new ArrayList<>();
    for (Column column : columns) {
      selected.add(column.type().expression("t." + column.name()));
    }
    return scoped(
        "select "
            + String.join(", ", selected)
            + "\nfrom ("
            + query
            + ") t\norder by "
            + order.stream().map(column -> "t." + column).collect(Collectors.joining(", ")));
  }

  /** A query that may use {@code scope}, and takes its three parameters first. */
  static String scoped(String query) {
    return SCOPE + query;
  }
}
