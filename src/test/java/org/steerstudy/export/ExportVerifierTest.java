package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to an export after it was made is found. */
class ExportVerifierTest {

  @TempDir static Path folder;
  private static byte[] zip;

  @BeforeAll
  static void exportOneStudy() throws Exception {
    try (MigratedDatabase database = MigratedDatabase.start(folder.resolve("db"));
        Connection connection = database.connect()) {
      RecordedStudy study = RecordedStudy.create(connection, "boats");
      WholeSession.in(study, 1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new StudyExport(Clock.systemUTC())
          .write(new StudyExport.Request("boats", false, false), connection, out);
      zip = out.toByteArray();
    }
  }

  @Test
  void anUntouchedExportIsComplete() throws IOException {
    Verification verification = ExportVerifier.verify(written(zip));

    assertTrue(verification.complete(), verification::toString);
    assertEquals(5L, verification.rows().get("interventions.csv"));
    assertEquals(1L, verification.rows().get("sessions.csv"));
  }

  @Test
  void aChangedCellIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.put("outcomes.csv", changed(files, "outcomes.csv", "water", "grass"));

    assertFound(verify(files), "outcomes.csv was changed: manifest.json says SHA-256");
  }

  @Test
  void aRemovedRowIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    String events = new String(files.get("events.csv"), StandardCharsets.UTF_8);
    int end = events.length() - 1;
    String shorter = events.substring(0, events.lastIndexOf('\n', end - 1) + 1);
    files.put("events.csv", shorter.getBytes(StandardCharsets.UTF_8));

    Verification verification = verify(files);

    assertFound(verification, "manifest.json says rows");
    assertFound(verification, "events.csv holds 10 and lacks []");
  }

  @Test
  void aRemovedFileIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.remove("predictions.csv");

    assertFound(verify(files), "predictions.csv is listed in manifest.json and missing.");
  }

  @Test
  void anAddedFileIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.put("notes.txt", new byte[0]);

    assertFound(verify(files), "notes.txt is not listed");
  }

  @Test
  void aManifestThatHidesAGapIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.put("manifest.json", changed(files, "manifest.json", "\"held\" : 8", "\"held\" : 7"));

    assertFound(verify(files), "7 events held");
  }

  @Test
  void anUnfinishedManifestIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.put("manifest.json", changed(files, "manifest.json", "\"complete\"\n}", "\"failed\"\n}"));

    assertFound(verify(files), "does not say that the export is complete");
  }

  @Test
  void aMissingManifestIsFound() throws IOException {
    Map<String, byte[]> files = unzip();
    files.remove("manifest.json");

    assertFound(verify(files), "There is no readable manifest.json");
  }

  @Test
  void aDownloadCutShortIsFoundWhereverItWasCut() throws IOException {
    for (int share = 1; share < 20; share++) {
      byte[] cut = Arrays.copyOf(zip, zip.length * share / 20);

      Verification verification = ExportVerifier.verify(written(cut));

      assertFound(verification, "The download was probably cut short");
    }
  }

  @Test
  void aZipPackedAgainInAnotherOrderIsFound() throws IOException {
    Path path = folder.resolve(UUID.randomUUID() + ".zip");
    try (OutputStream out = Files.newOutputStream(path);
        ZipOutputStream again = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file :
          unzip().entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
        again.putNextEntry(new ZipEntry(file.getKey()));
        again.write(file.getValue());
      }
    }

    assertFound(ExportVerifier.verify(path), "manifest.json is not the last entry");
  }

  private static void assertFound(Verification verification, String problem) {
    assertFalse(verification.intact());
    assertTrue(
        verification.problems().stream().anyMatch(found -> found.contains(problem)),
        () -> "expected '" + problem + "' in " + verification.problems());
  }

  private static byte[] changed(Map<String, byte[]> files, String name, String from, String to) {
    String text = new String(files.get(name), StandardCharsets.UTF_8);
    assertTrue(text.contains(from), () -> name + " should contain " + from);
    return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  private static Path written(byte[] bytes) throws IOException {
    return Files.write(folder.resolve(UUID.randomUUID() + ".zip"), bytes);
  }

  private static Verification verify(Map<String, byte[]> files) {
    return Unpacked.verify(folder.resolve(UUID.randomUUID().toString()), files);
  }

  private static Map<String, byte[]> unzip() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void theListOfChecksRunsOnEveryTable() throws IOException {
    Verification verification = ExportVerifier.verify(written(zip));

    List<String> tables = Tables.ALL.stream().map(Table::file).toList();
    assertTrue(verification.rows().keySet().containsAll(tables), verification::toString);
  }
}
