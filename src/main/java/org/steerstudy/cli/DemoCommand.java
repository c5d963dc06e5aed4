package org.steerstudy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.steerstudy.export.ExportVerifier;
import org.steerstudy.export.Verification;
import org.steerstudy.robot.RobotParticipant;
import org.steerstudy.robot.RobotReport;
import org.steerstudy.robot.RobotScript;
import org.steerstudy.robot.RobotStaff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A robot goes the participant's whole way over HTTP; then the export is held against what it did.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Let a robot participant do the whole demo study over HTTP, download the export and check"
            + " it. Starts a server of its own unless --server names one.")
final class DemoCommand implements Callable<Integer> {

  private static final String LOGIN = "researcher";

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo-export",
      description = "Where the export is put. Must be empty or new. Default: ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--study",
      paramLabel = "SLUG",
      defaultValue = "attribution-to-action",
      description = "Which study. Default: ${DEFAULT-VALUE}")
  private String study;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A running server. Its staff password is taken from STEERSTUDY_STAFF_PASSWORD.")
  private URI server;

  @Option(
      names = "--login",
      paramLabel = "NAME",
      defaultValue = LOGIN,
      description = "Staff login on the running server. Default: ${DEFAULT-VALUE}")
  private String login;

  @Override
  public Integer call() throws IOException {
    ExportFolder folder = ExportFolder.create(out);
    RobotReport report = server == null ? onOwnServer(folder) : onServer(folder);
    folder.unpack();
    Verification verification = ExportVerifier.verify(folder.unpacked());
    List<String> differences = RobotCheck.differences(report, folder.unpacked());
    print(report, verification, folder);
    verification.problems().forEach(spec.commandLine().getErr()::println);
    differences.forEach(spec.commandLine().getErr()::println);
    boolean held =
        verification.complete()
            && differences.isEmpty()
            && report.tasks() > 0
            && report.solved() == report.tasks();
    return held ? 0 : 1;
  }

  private RobotReport onServer(ExportFolder folder) {
    String password = System.getenv("STEERSTUDY_STAFF_PASSWORD");
    if (password == null) {
      throw CommandException.because(
          "Give the password of '" + login + "' in STEERSTUDY_STAFF_PASSWORD.");
    }
    return wholeWay(server, password, folder);
  }

  private RobotReport onOwnServer(ExportFolder folder) throws IOException {
    Path data = Files.createTempDirectory("steerstudy-demo");
    try (ChildServer child = ChildServer.start(data)) {
      return wholeWay(child.address(), child.password(), folder);
    } finally {
      delete(data);
    }
  }

  private RobotReport wholeWay(URI address, String password, ExportFolder folder) {
    RobotStaff staff = RobotStaff.signIn(address, login, password);
    RobotStaff.Link link = staff.createLink(study, "demo robot", false, true, 1);
    RobotReport report = new RobotParticipant(script(), Clock.systemUTC()).goThrough(link.url());
    staff.export(study, List.of("robots"), folder.zip());
    return report;
  }

  private RobotScript script() {
    Path file = Home.folder().resolve("tasks").resolve(study).resolve("robot.json");
    return Files.exists(file) ? RobotScript.read(file) : RobotScript.uninformed(1);
  }

  private void print(RobotReport report, Verification verification, ExportFolder folder) {
    PrintWriter table = spec.commandLine().getOut();
    table.printf(
        "Participant      %s, a robot, session %s%n", report.pseudonym(), report.sessionId());
    table.printf("Views            %6d%n", report.views());
    table.printf(
        "Interventions    %6d   (%d of them previews)%n",
        report.interventions(), report.previews());
    report
        .interventionsByKind()
        .forEach((kind, count) -> table.printf("  %-14s %6d%n", kind, count));
    table.printf("Sweeps           %6d%n", report.sweeps());
    table.printf("Ripple checks    %6d%n", report.rippleChecks());
    table.printf("Tasks solved     %6d   of %d%n", report.solved(), report.tasks());
    table.printf(
        "Events           %6d   in the export, server's and browser's%n",
        verification.rows().get("events.csv"));
    table.printf("Gaps             %6d%n", verification.gaps().size());
    table.printf(
        "Export           %s   (%s)%n",
        folder.unpacked(),
        verification.intact() ? "rows and SHA-256 as in its manifest" : "NOT intact");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
