package org.steerstudy.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where the data is: an embedded PostgreSQL in a folder, or a PostgreSQL that somebody else runs.
 */
final class DatabaseOptions {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:STEERSTUDY_DATA:-data}",
      description = "Data folder of the embedded PostgreSQL. Default: ${DEFAULT-VALUE}")
  private Path data;

  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      defaultValue = "${env:STEERSTUDY_JDBC_URL:-" + Option.NULL_VALUE + "}",
      description =
          "Use this PostgreSQL instead of the embedded one, for example"
              + " jdbc:postgresql://db.example.org/steerstudy (or STEERSTUDY_JDBC_URL; user and"
              + " password from STEERSTUDY_JDBC_USER and STEERSTUDY_JDBC_PASSWORD).")
  private String jdbcUrl;

  Path data() {
    return data.toAbsolutePath().normalize();
  }

  Optional<Connection> configured() {
    if (jdbcUrl == null || jdbcUrl.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Connection(
            jdbcUrl,
            Optional.ofNullable(System.getenv("STEERSTUDY_JDBC_USER")),
            Optional.ofNullable(System.getenv("STEERSTUDY_JDBC_PASSWORD"))));
  }

  /** A database that is reached by JDBC. */
  record Connection(String url, Optional<String> user, Optional<String> password) {}
}
