package org.steerstudy;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.steerstudy.platform.EmbeddedDatabase;

/** A real PostgreSQL, empty, for the tests of one application. */
public class TestDatabase implements QuarkusTestResourceLifecycleManager {

  private EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      database = EmbeddedDatabase.start(Files.createTempDirectory("steerstudy-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("quarkus.datasource.jdbc.url", database.jdbcUrl(), "steerstudy.home", ".");
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
  }
}
