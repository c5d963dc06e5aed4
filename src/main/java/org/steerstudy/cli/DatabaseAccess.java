package org.steerstudy.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.steerstudy.platform.EmbeddedDatabase;

/**
 * A way into the database for commands that read: the configured one, that of the server which runs
 * on the data folder, or, when none runs, the embedded one started for as long as it is needed.
 */
final class DatabaseAccess implements AutoCloseable {

  private final String url;
  private final Properties login;
  private final EmbeddedDatabase started;
  private final DataFolder owned;

  private DatabaseAccess(String url, Properties login, EmbeddedDatabase started, DataFolder owned) {
    this.url = url;
    this.login = login;
    this.started = started;
    this.owned = owned;
  }

  static DatabaseAccess open(DatabaseOptions options) {
    Optional<DatabaseOptions.Connection> configured = options.configured();
    if (configured.isPresent()) {
      Properties login = new Properties();
      configured.get().user().ifPresent(user -> login.setProperty("user", user));
      configured.get().password().ifPresent(word -> login.setProperty("password", word));
      return new DatabaseAccess(configured.get().url(), login, null, null);
    }
    Path data = options.data();
    if (!Files.isDirectory(data.resolve("postgres"))) {
      throw CommandException.because(
          "There is no data in " + data + " yet. Name the server's data folder with --data.");
    }
    Optional<String> running = DataFolder.databaseOfRunning(data);
    if (running.isPresent()) {
      return new DatabaseAccess(running.get(), new Properties(), null, null);
    }
    DataFolder owned = DataFolder.own(data);
    EmbeddedDatabase started = EmbeddedDatabase.start(data);
    return new DatabaseAccess(started.jdbcUrl(), new Properties(), started, owned);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, login);
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
      owned.close();
    }
  }
}
