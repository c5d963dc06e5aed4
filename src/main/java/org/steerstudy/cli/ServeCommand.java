package org.steerstudy.cli;

import io.quarkus.runtime.Quarkus;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.steerstudy.platform.EmbeddedDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the server: database, migrations, demo checkpoint, studies; then prints how to get in. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Start the server. Ctrl-C stops it.")
final class ServeCommand implements Callable<Integer> {

  /** Longer than Quarkus gives running requests, shorter than people wait. */
  private static final int STOP_SECONDS = 30;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen on. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. Default: ${DEFAULT-VALUE}, this machine only. Put a server that others"
              + " reach behind HTTPS.")
  private String host;

  @Mixin private DatabaseOptions database;

  @Override
  public Integer call() {
    DataFolder folder = DataFolder.own(database.data());
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    EmbeddedDatabase embedded =
        database.configured().isPresent() ? null : EmbeddedDatabase.start(folder.path());
    folder.note(
        "http://" + host + ":" + port,
        Optional.ofNullable(embedded).map(EmbeddedDatabase::jdbcUrl));
    Thread closing = new Thread(() -> close(stopped, embedded, folder), "stop-database");
    Runtime.getRuntime().addShutdownHook(closing);

    configure(embedded);
    Quarkus.run(
        RunningServer.class,
        (code, cause) -> {
          exitCode.set(code);
          failure.set(cause);
          stopped.countDown();
        });
    stopped.countDown();
    if (failure.get() != null) {
      throw CommandException.failed("The server could not start or had to stop.", failure.get());
    }
    return exitCode.get();
  }

  private void configure(EmbeddedDatabase embedded) {
    System.setProperty("quarkus.http.port", Integer.toString(port));
    System.setProperty("quarkus.http.host", host);
    if (embedded != null) {
      System.setProperty("quarkus.datasource.jdbc.url", embedded.jdbcUrl());
      return;
    }
    DatabaseOptions.Connection connection = database.configured().orElseThrow();
    System.setProperty("quarkus.datasource.jdbc.url", connection.url());
    connection.user().ifPresent(u -> System.setProperty("quarkus.datasource.username", u));
    connection.password().ifPresent(p -> System.setProperty("quarkus.datasource.password", p));
  }

  /** The database outlives the application: requests under way can still store what they did. */
  private static void close(CountDownLatch stopped, EmbeddedDatabase embedded, DataFolder folder) {
    try {
      stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (embedded != null) {
      embedded.close();
    }
    folder.close();
  }
}
