package org.steerstudy.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an export and compares it with its manifest: files, bytes, SHA-256, rows, columns, and the
 * sequences of events, which are counted again from {@code events.csv}. Finds every problem, not
 * only the first. Needs no server and no database.
 */
public final class ExportVerifier {

  private final ExportFiles files;
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final List<Verification.Gap> gaps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Sequences sequences = new Sequences();
  private final DictionaryCheck dictionary = new DictionaryCheck();

  private ExportVerifier(ExportFiles files) {
    this.files = files;
  }

  /**
   * @param export a ZIP, or the folder that it was unpacked into
   */
  public static Verification verify(Path export) {
    try (ExportFiles files = ExportFiles.at(export)) {
      return new ExportVerifier(files).verify();
    } catch (IOException | UncheckedIOException e) {
      return new Verification(
          Map.of(),
          List.of(),
          List.of(
              export.getFileName()
                  + " cannot be read to its end ("
                  + e.getMessage()
                  + "). The download was probably cut short; export again."));
    }
  }

  private Verification verify() throws IOException {
    List<String> names = files.names();
    JsonNode manifest = names.contains(StudyExport.MANIFEST) ? readManifest() : null;
    if (manifest == null) {
      problems.add("There is no readable manifest.json: the export was cut short. Export again.");
    } else {
      checkHead(manifest, names);
      for (JsonNode file : manifest.path("files")) {
        checkFile(file, names);
      }
      checkUnlisted(manifest, names);
      problems.addAll(dictionary.problems());
      checkSequences(manifest);
    }
    return new Verification(rows, List.copyOf(gaps), List.copyOf(problems));
  }

  private JsonNode readManifest() throws IOException {
    try (InputStream in = files.open(StudyExport.MANIFEST)) {
      return new ObjectMapper().readTree(in);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private void checkHead(JsonNode manifest, List<String> names) {
    if (!manifest.path("status").asText().equals("complete")) {
      problems.add("manifest.json does not say that the export is complete. Export again.");
    }
    if (!manifest.path("format").asText().equals(StudyExport.FORMAT)) {
      problems.add(
          "manifest.json names the format '"
              + manifest.path("format").asText()
              + "', this program reads '"
              + StudyExport.FORMAT
              + "'.");
    }
    if (files instanceof ExportFiles.Zip
        && !names.get(names.size() - 1).equals(StudyExport.MANIFEST)) {
      problems.add("manifest.json is not the last entry: the ZIP was packed again or changed.");
    }
  }

  private void checkFile(JsonNode listed, List<String> names) throws IOException {
    String name = listed.path("name").asText();
    if (!names.contains(name)) {
      problems.add(name + " is listed in manifest.json and missing.");
      return;
    }
    CsvRead read;
    try (InputStream in = files.open(name)) {
      read = CsvRead.of(name, in, this::see);
    }
    read.problem().ifPresent(problem -> problems.add(name + ": " + problem));
    expect(name, "bytes", listed.path("bytes").asText(), Long.toString(read.bytes()));
    expect(name, "SHA-256", listed.path("sha256").asText(), read.sha256());
    if (listed.has("rows")) {
      rows.put(name, read.rows());
      expect(name, "rows", listed.path("rows").asText(), Long.toString(read.rows()));
      dictionary.header(name, read.header());
    }
  }

  private void see(String name, Map<String, String> row) {
    if (name.equals(StudyExport.DICTIONARY)) {
      dictionary.describe(row);
    } else if (name.equals(PeopleTables.EVENTS.file())) {
      sequences.hold(row.get("session_id"), row.get("tab_id"), row.get("seq"));
    } else if (name.equals(PeopleTables.SESSIONS.file())) {
      sequences.session(row.get("session_id"));
    }
  }

  private void expect(String name, String what, String listed, String found) {
    if (!listed.equals(found)) {
      problems.add(
          name
              + " was changed: manifest.json says "
              + what
              + " "
              + listed
              + ", found "
              + found
              + ".");
    }
  }

  private void checkUnlisted(JsonNode manifest, List<String> names) {
    Set<String> listed = new HashSet<>();
    listed.add(StudyExport.MANIFEST);
    manifest.path("files").forEach(file -> listed.add(file.path("name").asText()));
    for (String name : names) {
      if (!listed.contains(name)) {
        problems.add(name + " is not listed in manifest.json; it does not belong to the export.");
      }
    }
  }

  private void checkSequences(JsonNode manifest) {
    for (JsonNode session : manifest.path("sessions")) {
      for (JsonNode tab : session.path("tabs")) {
        for (JsonNode range : tab.path("missing")) {
          gaps.add(
              new Verification.Gap(
                  session.path("pseudonym").asText(),
                  session.path("session").asText(),
                  tab.path("tab").asText(),
                  range.path(0).asLong(),
                  range.path(1).asLong()));
        }
      }
    }
    problems.addAll(sequences.compareWith(manifest));
  }
}
