package org.steerstudy.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir Path folder;

  @Test
  void whatIsCommittedIsWrittenThroughToDisk() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      assertEquals("on", one(database.jdbcUrl(), "show fsync"));
      assertEquals("on", one(database.jdbcUrl(), "show synchronous_commit"));
      assertEquals("on", one(database.jdbcUrl(), "show full_page_writes"));
    }
  }

  @Test
  void aDatabaseLeftBehindByAKilledServerIsStoppedAndItsDataKept() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    killed.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertEquals(KilledServer.KILLED, killed.waitFor());
    try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
      assertEquals("42", one(database.jdbcUrl(), "select n from kept"));
    }
  }

  /** Commits a row and is gone without stopping anything. */
  static final class KilledServer {

    static final int KILLED = 137;

    public static void main(String[] arguments) throws SQLException {
      String url = EmbeddedDatabase.start(Path.of(arguments[0])).jdbcUrl();
      run(url, "create table kept (n integer)");
      run(url, "insert into kept values (42)");
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static void run(String url, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private static String one(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
