package org.steerstudy.telemetry;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.Participant;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class EventLogTest {

  @Inject SmallStudy study;
  @Inject AgroalDataSource database;

  private final UUID tab = UUID.randomUUID();

  @Test
  void aBatchIsStoredAndAcknowledged() {
    study
        .participant()
        .sends(tab, 1, 2, 3)
        .statusCode(200)
        .body("acceptedUpTo", is(3))
        .body("stored", is(3))
        .body("repeated", is(0))
        .body("missing", empty());
  }

  @Test
  void theSameBatchAgainChangesNothing() throws SQLException {
    Participant participant = study.participant();
    participant.sends(tab, 1, 2, 3).statusCode(200);
    participant
        .sends(tab, 1, 2, 3)
        .statusCode(200)
        .body("stored", is(0))
        .body("repeated", is(3))
        .body("acceptedUpTo", is(3));
    assertEquals(3, held(participant));
  }

  @Test
  void aLaterBatchThatArrivesFirstLeavesAGapUntilTheEarlierOneComes() {
    Participant participant = study.participant();
    participant
        .sends(tab, 4, 5)
        .statusCode(200)
        .body("acceptedUpTo", is(0))
        .body("missing[0].from", is(1))
        .body("missing[0].to", is(3));
    participant
        .sends(tab, 3, 1, 2)
        .statusCode(200)
        .body("acceptedUpTo", is(5))
        .body("missing", empty());
  }

  @Test
  void theSameIdWithAnotherBodyIsRefusedAndTheOthersOfTheBatchAreKept() throws SQLException {
    Participant participant = study.participant();
    participant.sends(tab, 1).statusCode(200);
    participant
        .sends(
            tab,
            List.of(
                Participant.event(tab, 1, Map.of("n", "something else")),
                Participant.event(tab, 2, Map.of("n", 2))))
        .statusCode(409)
        .contentType("application/problem+json")
        .body("conflicts", hasSize(1))
        .body("stored", is(1))
        .body("acceptedUpTo", is(2));
    assertEquals(2, held(participant));
    assertEquals("{\"n\": 1}", payload(participant, 1));
  }

  @Test
  void anotherEventUnderATakenNumberIsRefused() throws SQLException {
    Participant participant = study.participant();
    participant.sends(tab, 1).statusCode(200);
    Map<String, Object> impostor = Participant.event(tab, 1, Map.of("n", 1));
    UUID id = UUID.randomUUID();
    impostor.put("eventId", id);
    participant
        .sends(tab, List.of(impostor))
        .statusCode(409)
        .body("conflicts", contains(id.toString()));
    assertEquals(1, held(participant));
  }

  @Test
  void shuffledDuplicatedBatchesEndUpOnceEachWithoutAGap() throws SQLException {
    Participant participant = study.participant();
    Random random = new Random(20261123);
    List<Integer> deliveries = new ArrayList<>();
    IntStream.rangeClosed(1, 200).forEach(n -> deliveries.addAll(List.of(n, n)));
    Collections.shuffle(deliveries, random);
    for (int from = 0; from < deliveries.size(); from += 50) {
      int[] numbers =
          deliveries.subList(from, from + 50).stream().mapToInt(Integer::intValue).toArray();
      participant.sends(tab, numbers).statusCode(200);
    }
    participant.sends(tab, 1).body("acceptedUpTo", is(200)).body("missing", empty());
    assertEquals(200, held(participant));
  }

  @Test
  void moreThanAHundredEventsAreRefusedAsAWhole() throws SQLException {
    Participant participant = study.participant();
    participant
        .sends(tab, IntStream.rangeClosed(1, 101).toArray())
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].message", is("at most 100 events a batch"));
    assertEquals(0, held(participant));
  }

  @Test
  void malformedJsonIsAProblemWithItsPlace() {
    study
        .participant()
        .post("/events", "{\"tabId\": ")
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update event set type = 'changed'",
        "delete from event",
        "update answer set value = '0'",
        "delete from answer",
        "delete from study_version"
      })
  void theDatabaseItselfRefusesToChangeWhatWasRecorded(String statement) throws SQLException {
    Participant participant = study.participant();
    participant.sends(tab, 1).statusCode(200);
    participant.consents();
    try (Connection connection = database.getConnection();
        PreparedStatement change = connection.prepareStatement(statement)) {
      SQLException refusal = assertThrows(SQLException.class, change::executeUpdate);
      assertTrue(refusal.getMessage().contains("never changed or removed"), refusal.getMessage());
    }
  }

  @Test
  void theServersOwnEventsAreNumberedWithoutAGap() throws SQLException {
    Participant participant = study.participant();
    participant.reachesTheTask();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*), max(seq), min(seq) from event where session_id = ? and origin = 'server'")) {
      select.setObject(1, participant.session());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        assertTrue(row.getLong(1) >= 6, "start, three entries, two completions, answers");
        assertEquals(row.getLong(1), row.getLong(2));
        assertEquals(1, row.getLong(3));
      }
    }
  }

  private long held(Participant participant) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from event where session_id = ? and tab_id = ?")) {
      select.setObject(1, participant.session());
      select.setObject(2, tab);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private String payload(Participant participant, int seq) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select payload::text from event where session_id = ? and tab_id = ? and seq = ?")) {
      select.setObject(1, participant.session());
      select.setObject(2, tab);
      select.setInt(3, seq);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
