package org.steerstudy.platform;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL of our own in a folder: started and stopped with the application, its data kept.
 * Listens on the loopback address only. Not thread-safe; one owner starts and closes it.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final int STOP_SECONDS = 60;

  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts PostgreSQL on the data in {@code folder/postgres}, which is created when missing. The
   * caller owns the folder: no other process may be using it.
   *
   * @throws UncheckedIOException when it does not start, with what to look at
   */
  public static EmbeddedDatabase start(Path folder) {
    try {
      Files.createDirectories(folder);
      stopOrphan(folder.resolve("postgres").resolve("postmaster.pid"));
      return new EmbeddedDatabase(
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("postgres"))
              .setOverrideWorkingDirectory(unpackedBinaries().toFile())
              .setCleanDataDirectory(false)
              // The owner stops PostgreSQL after the application, not a hook beside it.
              .setRegisterShutdownHook(false)
              .setServerConfig("listen_addresses", "127.0.0.1")
              // The library's defaults are made for tests and would lose commits in a crash.
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "PostgreSQL did not start on "
              + folder
              + ". Check that the folder is writable and the disk is not full.",
          e);
    }
  }

  /**
   * A server that was killed leaves its PostgreSQL behind. Whoever starts here owns the folder, so
   * that one serves nobody: it is asked to end, and writes down what it has.
   */
  private static void stopOrphan(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(pid)
            .filter(process -> process.info().command().orElse("").endsWith("postgres"));
    if (orphan.isEmpty()) {
      return;
    }
    orphan.get().destroy();
    try {
      orphan.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "the PostgreSQL of an earlier run (process " + pid + ") does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the PostgreSQL of an earlier run was ending", e);
    }
  }

  private static Path unpackedBinaries() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path parent =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return Files.createDirectories(parent.resolve("steerstudy"));
  }

  public String jdbcUrl() {
    return postgres.getJdbcUrl(SUPERUSER, "postgres");
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop cleanly", e);
    }
  }
}
