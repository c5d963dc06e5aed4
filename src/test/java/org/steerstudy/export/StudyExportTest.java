package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.steerstudy.platform.Hashes;

/** What a study recorded comes out of the export unchanged, and only what was asked for. */
class StudyExportTest {

  private static final Instant NOW = Instant.parse("2026-04-01T12:00:00Z");
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @TempDir static Path folder;
  private static MigratedDatabase database;

  private Connection connection;
  private RecordedStudy study;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.start(folder);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void record() throws SQLException {
    connection = database.connect();
    study = RecordedStudy.create(connection, "study-" + UUID.randomUUID());
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void aWholeSessionComesOutInEveryTable() throws Exception {
    RecordedStudy.Run run = wholeSession(1);

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
    RecordedStudy.Run run = study.begin(1, false, false).step("questions", "questionnaire");
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
    RecordedStudy.Run run = study.begin(1, false, false);
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
  void aTextThatWouldRunAsAFormulaIsGuardedAndCanBeRestored() throws Exception {
    List<String> texts =
        List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=quoted", "'plain", "a=b", "");
    RecordedStudy.Run run = study.begin(1, false, false).step("boat", "workbench");
    for (int i = 0; i < texts.size(); i++) {
      run.outcome("boat", i + 1, false, texts.get(i));
    }

    Map<String, byte[]> files = export(false, false);

    List<String> cells =
        table(files, "outcomes.csv").stream().map(row -> row.get("explanation")).toList();
    assertEquals(
        List.of("'=cmd|' /C calc'!A0", "'+1", "'-1", "'@SUM(A1)", "''=quoted", "'plain", "a=b", ""),
        cells);
    assertEquals(
        texts, cells.stream().map(cell -> cell.replaceFirst("^'('*[=+\\-@])", "$1")).toList());
    JsonNode outcomes = listed(manifest(files), "outcomes.csv");
    assertEquals(5, outcomes.path("guardedCells").asLong());
  }

  @Test
  void anAbsentTextAndAnEmptyTextDiffer() throws Exception {
    RecordedStudy.Run run = study.begin(1, false, false).step("boat", "workbench");
    run.outcome("boat", 1, false, null).outcome("boat", 2, false, "");

    String[] lines =
        new String(export(false, false).get("outcomes.csv"), StandardCharsets.UTF_8).split("\n");

    assertTrue(lines[1].contains(",water,,"), lines[1]);
    assertTrue(lines[2].contains(",water,\"\","), lines[2]);
  }

  @Test
  void theSameDataGivesTheSameBytesExceptTheManifest() throws Exception {
    wholeSession(1);
    wholeSession(2);

    Map<String, byte[]> first = export(NOW);
    Map<String, byte[]> second = export(NOW.plus(Duration.ofDays(1)));

    assertEquals(first.keySet(), second.keySet());
    for (String name : first.keySet()) {
      if (!name.equals("manifest.json")) {
        assertArrayEquals(first.get(name), second.get(name), name);
      }
    }
    assertEquals("2026-04-01T12:00:00Z", manifest(first).path("generatedAt").asText());
    assertArrayEquals(zip(NOW), zip(NOW));
  }

  @Test
  void theManifestComesLastAndNamesEveryFile() throws Exception {
    wholeSession(1);

    Map<String, byte[]> files = export(false, false);

    List<String> names = new ArrayList<>(files.keySet());
    assertEquals("manifest.json", names.remove(names.size() - 1));
    JsonNode manifest = manifest(files);
    assertEquals("complete", manifest.path("status").asText());
    assertEquals("[\"1\"]", manifest.path("engineVersions").toString());
    assertEquals("2", manifest.path("schemaVersion").asText());
    List<String> listed = new ArrayList<>();
    manifest.path("files").forEach(file -> listed.add(file.path("name").asText()));
    assertEquals(names, listed);
  }

  @Test
  void theScriptIsInTheExportByteForByte() throws Exception {
    byte[] script =
        export(false, false).get("scripts/" + Hashes.sha256Hex(RecordedStudy.SCRIPT) + ".yaml");

    assertEquals(RecordedStudy.SCRIPT, new String(script, StandardCharsets.UTF_8));
  }

  @Test
  void namesOfPeopleStayOut() throws Exception {
    wholeSession(1);

    export(true, true)
        .forEach(
            (name, bytes) ->
                assertFalse(
                    new String(bytes, StandardCharsets.UTF_8).contains("Anna Example"), name));
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

  private RecordedStudy.Run wholeSession(int number) throws SQLException {
    return WholeSession.in(study, number);
  }

  private Map<String, byte[]> export(boolean robots, boolean pilots) throws IOException {
    return unzip(zip(new StudyExport.Request(study.slug, robots, pilots), NOW));
  }

  private Map<String, byte[]> export(Instant now) throws IOException {
    return unzip(zip(now));
  }

  private byte[] zip(Instant now) throws IOException {
    return zip(new StudyExport.Request(study.slug, false, false), now);
  }

  private byte[] zip(StudyExport.Request request, Instant now) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StudyExport(Clock.fixed(now, ZoneOffset.UTC)).write(request, connection, out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> unzip(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    } catch (EOFException cutShort) {
      return files;
    }
    return files;
  }

  private static List<String> pseudonyms(Map<String, byte[]> files) throws IOException {
    List<String> people =
        table(files, "participants.csv").stream().map(row -> row.get("pseudonym")).toList();
    assertEquals(
        people, table(files, "sessions.csv").stream().map(row -> row.get("pseudonym")).toList());
    assertEquals(
        people,
        table(files, "events.csv").stream().map(row -> row.get("pseudonym")).distinct().toList());
    return people;
  }

  private static List<CSVRecord> table(Map<String, byte[]> files, String name) throws IOException {
    return CSV.parse(new StringReader(new String(files.get(name), StandardCharsets.UTF_8)))
        .getRecords();
  }

  private static CSVRecord only(List<CSVRecord> rows) {
    assertEquals(1, rows.size());
    return rows.get(0);
  }

  private static JsonNode manifest(Map<String, byte[]> files) throws IOException {
    return new ObjectMapper().readTree(files.get("manifest.json"));
  }

  private static JsonNode listed(JsonNode manifest, String name) {
    for (JsonNode file : manifest.path("files")) {
      if (file.path("name").asText().equals(name)) {
        return file;
      }
    }
    throw new AssertionError(name + " is not in the manifest");
  }

  private Verification verify(Map<String, byte[]> files) {
    return Unpacked.verify(folder.resolve(UUID.randomUUID().toString()), files);
  }
}
