package org.steerstudy.telemetry;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.steerstudy.platform.CanonicalJson;
import org.steerstudy.platform.Hashes;
import org.steerstudy.platform.Ids;

/**
 * The append-only log of a session. An event is stored once, whatever the network repeats or
 * reorders: its id is unique in the session, its number unique in the tab, and the database refuses
 * to change or remove a row.
 */
@ApplicationScoped
public class EventLog {

  private static final String INSERT =
      """
      insert into event (session_id, event_id, origin, tab_id, seq, step_id, type, client_time_millis,
                         mono_millis, sent_at_millis, received_at, corrected_at, payload, body_sha256)
      select ?, e.event_id, 'client', ?, e.seq, e.step_id, e.type, e.client_time, e.mono, ?, ?,
             ?::timestamptz - make_interval(secs => (? - e.client_time) / 1000.0), e.payload::jsonb, e.body
      from unnest(?, ?, ?, ?, ?, ?, ?, ?) as e (event_id, seq, step_id, type, client_time, mono, payload, body)
      on conflict do nothing
      returning event_id""";

  private final AgroalDataSource database;
  private final Clock clock;

  EventLog(AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Stores what is new of a batch in one round trip. Events in conflict (an id or a number that is
   * held with another body) are named in the receipt and not stored; all others are.
   */
  @Transactional
  public Receipt append(UUID sessionId, EventBatch batch) {
    Map<UUID, ClientEvent> distinct = new LinkedHashMap<>();
    Set<UUID> conflicts = new HashSet<>();
    for (ClientEvent event : batch.events()) {
      ClientEvent first = distinct.putIfAbsent(event.eventId(), event);
      if (first != null && !sameBody(first, event, batch.tabId())) {
        conflicts.add(event.eventId());
      }
    }
    distinct.keySet().removeAll(conflicts);
    try (Connection connection = database.getConnection()) {
      Set<UUID> stored = insert(connection, sessionId, batch, List.copyOf(distinct.values()));
      List<ClientEvent> others =
          distinct.values().stream().filter(e -> !stored.contains(e.eventId())).toList();
      Map<UUID, byte[]> held = heldBodies(connection, sessionId, others);
      for (ClientEvent event : others) {
        byte[] body = held.get(event.eventId());
        if (body == null || !Arrays.equals(body, event.bodySha256(batch.tabId()))) {
          conflicts.add(event.eventId());
        }
      }
      SequenceCoverage coverage = coverage(connection, sessionId, batch.tabId(), 0);
      return new Receipt(
          coverage.contiguous(),
          coverage.missing(),
          stored.size(),
          batch.events().size() - stored.size() - conflicts.size(),
          conflicts.stream().sorted().toList());
    } catch (SQLException e) {
      throw new IllegalStateException("the batch could not be stored", e);
    }
  }

  /**
   * Writes what the server itself did. Belongs into the transaction that did it, which must hold
   * the lock on the session's row: the numbers of the server's events have no gap and no double.
   *
   * @return the id of the event
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public UUID record(UUID sessionId, String stepId, String type, Object payload) {
    UUID eventId = Ids.next();
    Instant now = clock.instant();
    String json = CanonicalJson.text(payload);
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into event (session_id, event_id, origin, tab_id, seq, step_id, type, received_at,
                                   corrected_at, payload, body_sha256)
                select ?, ?, 'server', ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?::jsonb, ?
                from event where session_id = ? and tab_id = ?""")) {
      insert.setObject(1, sessionId);
      insert.setObject(2, eventId);
      insert.setObject(3, Ids.SERVER_TAB);
      insert.setString(4, stepId);
      insert.setString(5, type);
      insert.setTimestamp(6, Timestamp.from(now));
      insert.setTimestamp(7, Timestamp.from(now));
      insert.setString(8, json);
      insert.setBytes(9, Hashes.sha256(type + "\n" + json));
      insert.setObject(10, sessionId);
      insert.setObject(11, Ids.SERVER_TAB);
      insert.executeUpdate();
      return eventId;
    } catch (SQLException e) {
      throw new IllegalStateException("the server's event could not be stored", e);
    }
  }

  /**
   * What is held of a tab's sequence.
   *
   * @param declaredLast where the browser says that it ends, or 0
   */
  @Transactional
  public SequenceCoverage coverage(UUID sessionId, UUID tabId, long declaredLast) {
    try (Connection connection = database.getConnection()) {
      return coverage(connection, sessionId, tabId, declaredLast);
    } catch (SQLException e) {
      throw new IllegalStateException("the log could not be read", e);
    }
  }

  /** The tabs that have sent anything in this session, the server's own left out. */
  @Transactional
  public List<UUID> tabs(UUID sessionId) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select distinct tab_id from event where session_id = ? and origin = 'client' order by tab_id")) {
      select.setObject(1, sessionId);
      List<UUID> tabs = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          tabs.add(rows.getObject(1, UUID.class));
        }
      }
      return tabs;
    } catch (SQLException e) {
      throw new IllegalStateException("the log could not be read", e);
    }
  }

  private Set<UUID> insert(
      Connection connection, UUID sessionId, EventBatch batch, List<ClientEvent> events)
      throws SQLException {
    Set<UUID> stored = new HashSet<>();
    if (events.isEmpty()) {
      return stored;
    }
    Timestamp now = Timestamp.from(clock.instant());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, sessionId);
      insert.setObject(2, batch.tabId());
      insert.setLong(3, batch.sentAt());
      insert.setTimestamp(4, now);
      insert.setTimestamp(5, now);
      insert.setLong(6, batch.sentAt());
      insert.setArray(
          7, array(connection, "uuid", events.stream().map(ClientEvent::eventId).toArray()));
      insert.setArray(
          8, array(connection, "bigint", events.stream().map(ClientEvent::seq).toArray()));
      insert.setArray(
          9, array(connection, "text", events.stream().map(ClientEvent::stepId).toArray()));
      insert.setArray(
          10, array(connection, "text", events.stream().map(ClientEvent::type).toArray()));
      insert.setArray(
          11, array(connection, "bigint", events.stream().map(ClientEvent::clientTime).toArray()));
      insert.setArray(
          12, array(connection, "float8", events.stream().map(ClientEvent::monoMs).toArray()));
      insert.setArray(
          13,
          array(
              connection,
              "text",
              events.stream().map(event -> CanonicalJson.text(event.payload())).toArray()));
      insert.setArray(
          14,
          array(
              connection,
              "bytea",
              events.stream()
                  .map(event -> event.bodySha256(batch.tabId()))
                  .toArray(byte[][]::new)));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          stored.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return stored;
  }

  private static Array array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }

  private static Map<UUID, byte[]> heldBodies(
      Connection connection, UUID sessionId, List<ClientEvent> events) throws SQLException {
    Map<UUID, byte[]> held = new LinkedHashMap<>();
    if (events.isEmpty()) {
      return held;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select event_id, body_sha256 from event where session_id = ? and event_id = any (?)")) {
      select.setObject(1, sessionId);
      select.setArray(
          2, array(connection, "uuid", events.stream().map(ClientEvent::eventId).toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.put(rows.getObject(1, UUID.class), rows.getBytes(2));
        }
      }
    }
    return held;
  }

  private static SequenceCoverage coverage(
      Connection connection, UUID sessionId, UUID tabId, long declaredLast) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select min(seq), max(seq)
            from (select seq, seq - row_number() over (order by seq) as run
                  from event where session_id = ? and tab_id = ?) numbered
            group by run order by min(seq)""")) {
      select.setObject(1, sessionId);
      select.setObject(2, tabId);
      List<SequenceCoverage.Run> runs = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          runs.add(new SequenceCoverage.Run(rows.getLong(1), rows.getLong(2)));
        }
      }
      return SequenceCoverage.of(runs, declaredLast);
    }
  }

  private static boolean sameBody(ClientEvent one, ClientEvent other, UUID tabId) {
    return Arrays.equals(one.bodySha256(tabId), other.bodySha256(tabId));
  }
}
