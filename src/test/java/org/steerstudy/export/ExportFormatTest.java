package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.steerstudy.platform.Hashes;

/** How an export is written: the same bytes for the same data, safe to open, nothing too much. */
class ExportFormatTest extends ExportBench {

  @Test
  void aTextThatWouldRunAsAFormulaIsGuardedAndCanBeRestored() throws Exception {
    List<String> texts =
        List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=quoted", "'plain", "a=b", "");
    RecordedSession run = study.begin(1, false, false).step("boat", "workbench");
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
    RecordedSession run = study.begin(1, false, false).step("boat", "workbench");
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
}
