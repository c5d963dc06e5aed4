package org.steerstudy.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import org.steerstudy.platform.Hashes;
import org.steerstudy.platform.Ids;

/**
 * A study with sessions in the database, written row by row as the server stores them, so that a
 * test can hold any state: a gap, a formula in a text, a browser that never declared its end.
 */
public final class RecordedStudy {

  public static final String SCRIPT = "format: steerstudy/1\ntitle: \"Grüße\"\n";
  static final String PREDICTIONS =
      """
      [{"prompt":0,"name":"boat","logit":21.123456,"probability":0.7000000000000001,"rank":1},
       {"prompt":1,"name":"horse","logit":-3.5e-7,"probability":0.3,"rank":2}]""";
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private final Connection connection;
  public final UUID studyId = Ids.next();
  public final UUID versionId = Ids.next();
  public final String slug;

  private RecordedStudy(Connection connection, String slug) {
    this.connection = connection;
    this.slug = slug;
  }

  /** A study with one version of its script and nobody in it. */
  public static RecordedStudy create(Connection connection, String slug) throws SQLException {
    RecordedStudy study = new RecordedStudy(connection, slug);
    study.insert("study", "id", study.studyId, "slug", slug, "created_at", START);
    study.insert(
        "study_version",
        "id",
        study.versionId,
        "study_id",
        study.studyId,
        "number",
        1,
        "sha256",
        Hashes.sha256Hex(SCRIPT),
        "title",
        "Find what the model uses",
        "source",
        SCRIPT,
        "created_at",
        START);
    return study;
  }

  /** A session in one browser tab, at the first step. */
  public Run begin(int number, boolean pilot, boolean robot) throws SQLException {
    Run run = new Run(number);
    insert(
        "participant",
        "id",
        run.participantId,
        "study_id",
        studyId,
        "number",
        number,
        "pseudonym",
        run.pseudonym(),
        "pilot",
        pilot,
        "robot",
        robot,
        "created_at",
        START);
    insert(
        "participant_link",
        "id",
        Ids.next(),
        "study_id",
        studyId,
        "participant_id",
        run.participantId,
        "token_hash",
        Hashes.sha256(run.participantId.toString()),
        "label",
        "Anna Example",
        "pilot",
        pilot,
        "robot",
        robot,
        "created_at",
        START,
        "expires_at",
        START.plusSeconds(86_400));
    insert(
        "session",
        "id",
        run.id,
        "participant_id",
        run.participantId,
        "study_version_id",
        versionId,
        "state",
        "running",
        "started_at",
        START);
    return run;
  }

  /** One participant's session. */
  public final class Run {

    public final UUID id = Ids.next();
    public final UUID tab = UUID.randomUUID();
    final UUID participantId = Ids.next();
    private final int number;
    private int serverSeq;
    private int interventions;
    private int steps;
    private int clock;

    private Run(int number) {
      this.number = number;
    }

    public String pseudonym() {
      return "P%03d".formatted(number);
    }

    public Run step(String stepId, String type) throws SQLException {
      insert(
          "session_step",
          "session_id",
          id,
          "step_id",
          stepId,
          "position",
          ++steps,
          "type",
          type,
          "entered_at",
          tick());
      return this;
    }

    /** Client events of this session's tab with these numbers, in one statement. */
    public Run events(int from, int to) throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into event (session_id, event_id, origin, tab_id, seq, step_id, type, client_time_millis,
                                 mono_millis, sent_at_millis, received_at, corrected_at, payload, body_sha256)
              select ?, gen_random_uuid(), 'client', ?, n, 'boat', 'slider.moved', 1772355600000 + n, n * 16.7,
                     1772355600000 + n, ?, ?, jsonb_build_object('value', n / 7.0, 'note', 'moved, "again"'), '\\x00'
              from generate_series(?, ?) n""")) {
        Instant at = tick();
        insert.setObject(1, id);
        insert.setObject(2, tab);
        insert.setObject(3, at.atOffset(ZoneOffset.UTC));
        insert.setObject(4, at.atOffset(ZoneOffset.UTC));
        insert.setInt(5, from);
        insert.setInt(6, to);
        insert.executeUpdate();
      }
      return this;
    }

    public UUID serverEvent(String stepId, String type) throws SQLException {
      UUID eventId = Ids.next();
      Instant at = tick();
      insert(
          "event",
          "session_id",
          id,
          "event_id",
          eventId,
          "origin",
          "server",
          "tab_id",
          Ids.SERVER_TAB,
          "seq",
          ++serverSeq,
          "step_id",
          stepId,
          "type",
          type,
          "received_at",
          at,
          "corrected_at",
          at,
          "payload",
          new Json("{}"),
          "body_sha256",
          new byte[] {0});
      return eventId;
    }

    public UUID view(String stepId) throws SQLException {
      UUID viewId = Ids.next();
      insertResult(
          "attribution_view",
          stepId,
          "attribution.viewed",
          "id",
          viewId,
          "method",
          "act-x-grad",
          "target",
          "boat",
          "contrast",
          "horse",
          "predictions",
          new Json(PREDICTIONS),
          "components",
          new Json(
              """
                  [{"rank":1,"latent":989,"activation":29.125,"tokens":1,"maximum":33.0,
                    "activationOfMaximum":0.88257575,"score":3.7,"frequency":0.11},
                   {"rank":2,"latent":12,"activation":0.1,"tokens":1,"maximum":0.0,
                    "activationOfMaximum":null,"score":-1.0E-5,"frequency":0.0}]"""));
      return viewId;
    }

    public UUID intervention(String stepId, UUID viewId, String phase, String kind, Double multiple)
        throws SQLException {
      UUID interventionId = Ids.next();
      boolean edit = multiple != null;
      insertResult(
          "intervention",
          stepId,
          "intervention." + phase,
          "id",
          interventionId,
          "view_id",
          viewId,
          "position",
          ++interventions,
          "phase",
          phase,
          "action",
          edit ? "edit" : kind,
          "kind",
          kind,
          "latent",
          edit ? 989 : null,
          "operation",
          edit ? "scale" : null,
          "value",
          multiple,
          "activation",
          edit ? 29.125 : null,
          "multiple_before",
          edit ? 1.0 : null,
          "multiple_after",
          multiple,
          "edits_before",
          new Json("[]"),
          "edits_after",
          new Json("[{\"latent\":989,\"operation\":\"scale\",\"value\":0.5}]"),
          "baseline",
          new Json(PREDICTIONS),
          "predictions_before",
          new Json(PREDICTIONS),
          "predictions_after",
          new Json(PREDICTIONS));
      return interventionId;
    }

    public UUID measurement(String stepId, UUID viewId, String kind, String result)
        throws SQLException {
      UUID measurementId = Ids.next();
      insertResult(
          "measurement",
          stepId,
          kind + ".measured",
          "id",
          measurementId,
          "view_id",
          viewId,
          "kind",
          kind,
          "latent",
          kind.equals("sweep") ? 989 : null,
          "edits",
          new Json("[]"),
          "result",
          new Json(result));
      return measurementId;
    }

    public Run outcome(String stepId, int attempt, boolean success, String explanation)
        throws SQLException {
      insertResult(
          "task_outcome",
          stepId,
          "answer.judged",
          "id",
          Ids.next(),
          "attempt",
          attempt,
          "cause",
          "water",
          "explanation",
          explanation,
          "edits",
          new Json("[]"),
          "predictions",
          new Json(PREDICTIONS),
          "cause_named",
          success,
          "repaired",
          success,
          "ripple_rate",
          0.03,
          "own_class_ripple_rate",
          0.2,
          "success",
          success,
          "judged",
          new Json("[{\"name\":\"cause\",\"met\":true,\"detail\":\"named\"}]"));
      return this;
    }

    public Run answer(String stepId, String item, int revision, String json) throws SQLException {
      insert(
          "answer",
          "id",
          Ids.next(),
          "session_id",
          id,
          "step_id",
          stepId,
          "item_id",
          item,
          "revision",
          revision,
          "position",
          1,
          "value",
          new Json(json),
          "shown_at",
          tick(),
          "answered_at",
          tick(),
          "stored_at",
          tick());
      return this;
    }

    /** The browser says where its sequence ends. */
    public Run declare(int lastSeq) throws SQLException {
      insert(
          "declared_tab",
          "session_id",
          id,
          "tab_id",
          tab,
          "last_seq",
          lastSeq,
          "declared_at",
          tick());
      return this;
    }

    public Run finish() throws SQLException {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update session set state = 'complete', finished_at = ? where id = ?")) {
        update.setObject(1, tick().atOffset(ZoneOffset.UTC));
        update.setObject(2, id);
        update.executeUpdate();
      }
      return this;
    }

    /** Time goes on by a second with everything that happens. */
    private Instant tick() {
      return START.plusSeconds(++clock);
    }

    private void insertResult(String table, String stepId, String event, Object... columns)
        throws SQLException {
      List<Object> all = new ArrayList<>(List.of("session_id", id, "step_id", stepId));
      all.addAll(List.of("request_id", UUID.randomUUID(), "event_id", serverEvent(stepId, event)));
      all.addAll(List.of("request_sha256", "00", "model_sha256", "aa", "sae_sha256", "bb"));
      all.addAll(List.of("image_sha256", "cc", "prompts_sha256", "dd"));
      all.addAll(List.of("script_sha256", Hashes.sha256Hex(SCRIPT), "engine_version", "1"));
      all.addAll(List.of("latency_micros", 12_345L, "created_at", tick()));
      all.addAll(Arrays.asList(columns));
      insert(table, all.toArray());
    }
  }

  private record Json(String text) {}

  /**
   * @param columns names and values, in turns
   */
  private void insert(String table, Object... columns) throws SQLException {
    StringJoiner names = new StringJoiner(", ");
    StringJoiner places = new StringJoiner(", ");
    for (int i = 0; i < columns.length; i += 2) {
      names.add((String) columns[i]);
      places.add(columns[i + 1] instanceof Json ? "?::jsonb" : "?");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %s (%s) values (%s)".formatted(table, names, places))) {
      for (int i = 1; i < columns.length; i += 2) {
        Object value = columns[i];
        int place = (i + 1) / 2;
        if (value instanceof Json json) {
          insert.setString(place, json.text());
        } else if (value instanceof Instant instant) {
          insert.setObject(place, instant.atOffset(ZoneOffset.UTC));
        } else {
          insert.setObject(place, value);
        }
      }
      insert.executeUpdate();
    }
  }
}
