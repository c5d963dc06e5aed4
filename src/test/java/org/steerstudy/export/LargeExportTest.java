package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory that an export needs does not grow with the study. */
class LargeExportTest {

  private static final int EVENTS = 100_000;

  @TempDir Path folder;

  /** In a JVM of its own with a heap that holds a small part of the events. */
  @Test
  void manyEventsAreExportedAndVerifiedInASmallHeap() throws Exception {
    Path zip = folder.resolve("export.zip");
    try (MigratedDatabase database = MigratedDatabase.start(folder.resolve("db"));
        Connection connection = database.connect()) {
      RecordedStudy study = RecordedStudy.create(connection, "large");
      study.begin(1, false, false).events(1, EVENTS).declare(EVENTS);

      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx20m",
                      "-cp",
                      System.getProperty("java.class.path"),
                      SmallHeap.class.getName(),
                      database.jdbcUrl(),
                      zip.toString()))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes());

      assertEquals(0, process.waitFor(), said);
      assertTrue(said.contains("rows=" + EVENTS + " complete=true"), said);
    }
  }

  /** Exports and verifies with whatever heap it was given. */
  public static final class SmallHeap {

    private SmallHeap() {}

    public static void main(String[] arguments) throws Exception {
      Path zip = Path.of(arguments[1]);
      export(arguments[0], zip);
      Verification verification = ExportVerifier.verify(zip);
      System.out.println(
          "rows="
              + verification.rows().get("events.csv")
              + " complete="
              + verification.complete()
              + " "
              + verification.problems());
    }

    private static void export(String url, Path zip) throws Exception {
      try (Connection connection = DriverManager.getConnection(url);
          OutputStream out = Files.newOutputStream(zip)) {
        new StudyExport(Clock.systemUTC())
            .write(new StudyExport.Request("large", false, false), connection, out);
      }
    }
  }
}
