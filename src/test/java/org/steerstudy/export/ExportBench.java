package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.junit.jupiter.api.io.TempDir;

/** A study in a migrated database, and its export unpacked. */
abstract class ExportBench {

  static final Instant NOW = Instant.parse("2026-04-01T12:00:00Z");
  static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @TempDir static Path folder;
  static MigratedDatabase database;

  Connection connection;
  RecordedStudy study;

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

  Map<String, byte[]> export(boolean robots, boolean pilots) throws IOException {
    return unzip(zip(new StudyExport.Request(study.slug, robots, pilots), NOW));
  }

  Map<String, byte[]> export(Instant now) throws IOException {
    return unzip(zip(now));
  }

  byte[] zip(Instant now) throws IOException {
    return zip(new StudyExport.Request(study.slug, false, false), now);
  }

  byte[] zip(StudyExport.Request request, Instant now) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new StudyExport(Clock.fixed(now, ZoneOffset.UTC)).write(request, connection, out);
    return out.toByteArray();
  }

  static Map<String, byte[]> unzip(byte[] zip) throws IOException {
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

  static List<String> pseudonyms(Map<String, byte[]> files) throws IOException {
    List<String> people =
        table(files, "participants.csv").stream().map(row -> row.get("pseudonym")).toList();
    assertEquals(
        people, table(files, "sessions.csv").stream().map(row -> row.get("pseudonym")).toList());
    assertEquals(
        people,
        table(files, "events.csv").stream().map(row -> row.get("pseudonym")).distinct().toList());
    return people;
  }

  static List<CSVRecord> table(Map<String, byte[]> files, String name) throws IOException {
    return CSV.parse(new StringReader(new String(files.get(name), StandardCharsets.UTF_8)))
        .getRecords();
  }

  static CSVRecord only(List<CSVRecord> rows) {
    assertEquals(1, rows.size());
    return rows.get(0);
  }

  static JsonNode manifest(Map<String, byte[]> files) throws IOException {
    return new ObjectMapper().readTree(files.get("manifest.json"));
  }

  static JsonNode listed(JsonNode manifest, String name) {
    for (JsonNode file : manifest.path("files")) {
      if (file.path("name").asText().equals(name)) {
        return file;
      }
    }
    throw new AssertionError(name + " is not in the manifest");
  }

  Verification verify(Map<String, byte[]> files) {
    return Unpacked.verify(folder.resolve(UUID.randomUUID().toString()), files);
  }

  RecordedSession wholeSession(int number) throws SQLException {
    return WholeSession.in(study, number);
  }
}
