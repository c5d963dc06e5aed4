package org.steerstudy.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.steerstudy.platform.EmbeddedDatabase;

/**
 * PostgreSQL with the migrations applied and no web server around it, as the command line has it.
 */
final class MigratedDatabase implements AutoCloseable {

  private final EmbeddedDatabase database;

  private MigratedDatabase(EmbeddedDatabase database) {
    this.database = database;
  }

  static MigratedDatabase start(Path folder) {
    EmbeddedDatabase database = EmbeddedDatabase.start(folder);
    Flyway.configure()
        .dataSource(database.jdbcUrl(), null, null)
        .locations("filesystem:migrations")
        .load()
        .migrate();
    return new MigratedDatabase(database);
  }

  String jdbcUrl() {
    return database.jdbcUrl();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }

  @Override
  public void close() {
    database.close();
  }
}
