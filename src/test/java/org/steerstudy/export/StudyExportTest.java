package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** What a study recorded comes out of the export unchanged, and only what was asked for. */
class StudyExportTest extends ExportBench {

  @Test
  void aWholeSessionComesOutInEveryTable() throws Exception {
    RecordedSession run = wholeSession(1);

    Map<String, byte[]> files = export(false, false);

    CSVRecord session = only(table(files, "sessions.csv"));
    assertEquals("P001", session.get("pseudonym"));
    assertEquals("complete", session.get("state"));
    assertEquals("1", session.get("views"));
    assertEquals("1", session.get("previews"));
    assertEquals("1", session.get("suppress"));
    assertEquals("1", session.get("amplify"));
    assertEquals("1", session.get("other_edits"));
    assertEquals("1", session.get("undos"));
    assertEquals("1", session.get("sweeps"));
    assertEquals("1", session.get("ripple_checks"));
    assertEquals("1", session.get("ablations"));
    assertEquals("1", session.get("tasks"));
    assertEquals("1", session.get("tasks_solved"));
    assertEquals("0", session.get("events_missing"));
    assertEquals(session.get("events_held"), Integer.toString(table(files, "events.csv").size()));

    assertEquals(2, table(files, "steps.csv").size());
    assertEquals(1, table(files, "views.csv").size());
    List<CSVRecord> components = table(files, "components.csv");
    assertEquals(List.of("989", "12"), components.stream().map(c -> c.get("latent")).toList());
    assertEquals("29.125", components.get(0).get("activation"));
    assertEquals("", components.get(1).get("activation_of_maximum"));
    assertEquals("-1e-05", components.get(1).get("score"));

    List<CSVRecord> interventions = table(files, "interventions.csv");
    assertEquals(
        List.of("preview", "applied", "applied", "applied", "applied"),
        interventions.stream().map(i -> i.get("phase")).toList());
    assertEquals(
        List.of("suppress", "suppress", "amplify", "sign-flip", "undo"),
        interventions.stream().map(i -> i.get("kind")).toList());
    // One view, five interventions in three stages, one outcome; two prompts each.
    assertEquals((1 + 5 * 3 + 1) * 2, table(files, "predictions.csv").size());
    assertEquals("0.7000000000000001", table(files, "predictions.csv").get(0).get("probability"));
    assertEquals("-3.5e-07", table(files, "predictions.csv").get(1).get("logit"));

    List<CSVRecord> doses = table(files, "sweep_doses.csv");
    assertEquals(
        List.of(
            "swept 989 0",
            "swept 989 0",
            "swept 989 2",
            "swept 989 2",
            "control 12 0",
            "control 12 0"),
        doses.stream()
            .map(d -> d.get("side") + " " + d.get("latent") + " " + d.get("multiple"))
            .toList());
    CSVRecord flip = only(table(files, "ripple_flips.csv"));
    assertEquals("broken", flip.get("outcome"));
    assertEquals("ab".repeat(32), flip.get("image_sha256"));
    assertEquals("[4, 5]", only(table(files, "ripple_controls.csv")).get("latents"));
    assertEquals("-0.25", only(table(files, "ablations.csv")).get("effect"));
    assertEquals("0.2", table(files, "measurements.csv").get(1).get("own_class_ripple_rate"));
    assertEquals("true", only(table(files, "outcomes.csv")).get("success"));

    for (CSVRecord event : table(files, "events.csv")) {
      assertEquals(run.id.toString(), event.get("session_id"));
    }
    assertTrue(verify(files).complete(), () -> verify(files).toString());
  }

  @Test
  void theLastRevisionOfAnAnswerIsMarked() throws Exception {
    RecordedSession run = study.begin(1, false, false).step("questions", "questionnaire");
    run.answer("questions", "years", 1, "3").answer("questions", "years", 2, "4.5");
    run.answer("questions", "role", 1, "\"engineer, \\\"senior\\\"\"");

    List<CSVRecord> answers = table(export(false, false), "answers.csv");

    assertEquals(
        List.of("1 false 3 ", "2 true 4.5 ", "1 true  engineer, \"senior\""),
        answers.stream()
            .map(
                a ->
                    String.join(
                        " ",
                        a.get("revision"),
                        a.get("latest"),
                        a.get("value_number"),
                        a.get("value_text")))
            .toList());
    assertEquals("\"engineer, \\\"senior\\\"\"", answers.get(2).get("value_json"));
  }

  @Test
  void robotsAndPilotsAreLeftOutUnlessAskedFor() throws Exception {
    study.begin(1, false, false).events(1, 2);
    study.begin(2, true, false).events(1, 3);
    study.begin(3, false, true).events(1, 4);
    study.begin(4, true, true).events(1, 5);

    assertEquals(List.of("P001"), pseudonyms(export(false, false)));
    assertEquals(List.of("P001", "P003"), pseudonyms(export(true, false)));
    assertEquals(List.of("P001", "P002"), pseudonyms(export(false, true)));
    assertEquals(List.of("P001", "P002", "P003", "P004"), pseudonyms(export(true, true)));
    JsonNode participants = manifest(export(true, false)).at("/filters/participants");
    assertEquals("{\"known\":4,\"robots\":2,\"pilots\":2,\"included\":2}", participants.toString());
  }

  @Test
  void anotherStudyIsNotInTheExport() throws Exception {
    RecordedStudy other = RecordedStudy.create(connection, "other-" + UUID.randomUUID());
    other.begin(1, false, false).events(1, 7);
    study.begin(1, false, false).events(1, 2);

    assertEquals(2, table(export(false, false), "events.csv").size());
  }

  @Test
  void missingNumbersAreListedPerTab() throws Exception {
    RecordedSession run = study.begin(1, false, false);
    run.serverEvent(null, "session.started");
    run.events(1, 3).events(6, 6).declare(9);
    study.begin(2, false, false);

    Map<String, byte[]> files = export(false, false);

    JsonNode sessions = manifest(files).path("sessions");
    JsonNode tab = sessions.get(0).path("tabs").get(1);
    assertEquals(run.tab.toString(), tab.path("tab").asText());
    assertEquals(9, tab.path("declared").asLong());
    assertEquals(4, tab.path("held").asLong());
    assertEquals("[[4,5],[7,9]]", tab.path("missing").toString());
    assertEquals("[]", sessions.get(1).path("tabs").toString());
    assertEquals(5, manifest(files).path("eventsMissing").asLong());
    assertEquals("5", table(files, "sessions.csv").get(0).get("events_missing"));
    Verification verification = verify(files);
    assertTrue(verification.intact(), verification::toString);
    assertFalse(verification.complete());
    assertEquals(
        List.of(
            new Verification.Gap("P001", run.id.toString(), run.tab.toString(), 4, 5),
            new Verification.Gap("P001", run.id.toString(), run.tab.toString(), 7, 9)),
        verification.gaps());
  }

  @Test
  void anUnknownStudyIsRefusedBeforeAnythingIsWritten() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    ExportException refused =
        assertThrows(
            ExportException.class,
            () ->
                new StudyExport(Clock.systemUTC())
                    .write(new StudyExport.Request("no-such", false, false), connection, out));

    assertEquals(ExportException.Kind.UNKNOWN_STUDY, refused.kind());
    assertEquals(0, out.size());
  }

  @Test
  void theConnectionIsGivenBackAsItWas() throws Exception {
    export(false, false);

    assertTrue(connection.getAutoCommit());
    study.begin(1, false, false);
  }

  @Test
  void aDatabaseThatFailsOnTheWayLeavesNoReadableBundle() throws Exception {
    wholeSession(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    execute("alter table task_outcome rename to task_outcome_away");
    try {
      assertThrows(
          ExportException.class,
          () ->
              new StudyExport(Clock.systemUTC())
                  .write(new StudyExport.Request(study.slug, false, false), connection, out));
    } finally {
      execute("alter table task_outcome_away rename to task_outcome");
    }

    assertFalse(unzip(out.toByteArray()).containsKey("manifest.json"));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
