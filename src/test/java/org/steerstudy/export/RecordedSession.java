package org.steerstudy.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.steerstudy.platform.Hashes;
import org.steerstudy.platform.Ids;

/** One participant's session in one browser tab, written row by row. */
public final class RecordedSession {

  private static final Instant START = RecordedStudy.START;

  private final Connection connection;
  public final UUID id = Ids.next();
  public final UUID tab = UUID.randomUUID();
  final UUID participantId = Ids.next();
  private final int number;
  private int serverSeq;
  private int interventions;
  private int steps;
  private int clock;

  RecordedSession(Connection connection, int number) {
    this.connection = connection;
    this.number = number;
  }

  public String pseudonym() {
    return "P%03d".formatted(number);
  }

  public RecordedSession step(String stepId, String type) throws SQLException {
    TestRows.insert(
        connection,
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
  public RecordedSession events(int from, int to) throws SQLException {
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
    TestRows.insert(
        connection,
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
        new TestRows.Json("{}"),
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
        new TestRows.Json(RecordedStudy.PREDICTIONS),
        "components",
        new TestRows.Json(
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
        new TestRows.Json("[]"),
        "edits_after",
        new TestRows.Json("[{\"latent\":989,\"operation\":\"scale\",\"value\":0.5}]"),
        "baseline",
        new TestRows.Json(RecordedStudy.PREDICTIONS),
        "predictions_before",
        new TestRows.Json(RecordedStudy.PREDICTIONS),
        "predictions_after",
        new TestRows.Json(RecordedStudy.PREDICTIONS));
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
        new TestRows.Json("[]"),
        "result",
        new TestRows.Json(result));
    return measurementId;
  }

  public RecordedSession outcome(String stepId, int attempt, boolean success, String explanation)
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
        new TestRows.Json("[]"),
        "predictions",
        new TestRows.Json(RecordedStudy.PREDICTIONS),
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
        new TestRows.Json("[{\"name\":\"cause\",\"met\":true,\"detail\":\"named\"}]"));
    return this;
  }

  public RecordedSession answer(String stepId, String item, int revision, String json)
      throws SQLException {
    TestRows.insert(
        connection,
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
        new TestRows.Json(json),
        "shown_at",
        tick(),
        "answered_at",
        tick(),
        "stored_at",
        tick());
    return this;
  }

  /** The browser says where its sequence ends. */
  public RecordedSession declare(int lastSeq) throws SQLException {
    TestRows.insert(
        connection,
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

  public RecordedSession finish() throws SQLException {
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
    all.addAll(
        List.of("script_sha256", Hashes.sha256Hex(RecordedStudy.SCRIPT), "engine_version", "1"));
    all.addAll(List.of("latency_micros", 12_345L, "created_at", tick()));
    all.addAll(Arrays.asList(columns));
    TestRows.insert(connection, table, all.toArray());
  }
}
