package org.steerstudy.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.steerstudy.platform.Tokens;

/** A server of our own in another process, on a free port and a data folder that is thrown away. */
final class ChildServer implements AutoCloseable {

  private static final String READY = "is ready.";
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final URI address;
  private final String password;

  private ChildServer(Process process, URI address, String password) {
    this.process = process;
    this.address = address;
    this.password = password;
  }

  /**
   * Starts {@code serve} from the jar that this process runs from, and waits until it is ready.
   *
   * @throws CommandException when it ends before that, with what it said
   */
  static ChildServer start(Path data) throws IOException {
    int port = freePort();
    String password = Tokens.random();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager", ""),
            "-Dsteerstudy.home=" + Home.folder(),
            "-jar",
            System.getProperty("java.class.path"),
            "serve",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    builder.environment().put("STEERSTUDY_STAFF_PASSWORD", password);
    // A database that is configured for the real server is none of the demo's business.
    builder.environment().remove("STEERSTUDY_JDBC_URL");
    Process process = builder.redirectErrorStream(true).start();
    awaitReady(process);
    return new ChildServer(process, URI.create("http://127.0.0.1:" + port), password);
  }

  URI address() {
    return address;
  }

  String password() {
    return password;
  }

  private static void awaitReady(Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.endsWith(READY)) {
        Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "drain-server-output");
        drain.setDaemon(true);
        drain.start();
        return;
      }
      said.add(line);
    }
    throw CommandException.because(
        "The server for the demo did not start. It said:\n" + String.join("\n", said));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
