package org.steerstudy.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Callable;
import org.steerstudy.export.ExportVerifier;
import org.steerstudy.export.StudyExport;
import org.steerstudy.export.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the export of a study, unpacks it and checks it; a server may be running meanwhile. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write everything that a study has recorded: as a ZIP and unpacked, both checked. Robots and"
            + " pilots are left out unless included.")
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--study", paramLabel = "SLUG", required = true, description = "Which study.")
  private String study;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to: DIR/export.zip, and unpacked in DIR/export. Must be empty or new.")
  private Path out;

  @Option(
      names = "--include",
      split = ",",
      paramLabel = "WHO",
      description = "robots, pilots, or both separated by a comma.")
  private Set<Included> included = Set.of();

  @Mixin private DatabaseOptions database;

  /** Participants that are left out unless asked for. The names are those of the option. */
  enum Included {
    robots,
    pilots
  }

  @Override
  public Integer call() throws IOException, SQLException {
    ExportFolder folder = ExportFolder.create(out);
    try (DatabaseAccess access = DatabaseAccess.open(database);
        Connection connection = access.connect();
        OutputStream zip = Files.newOutputStream(folder.zip())) {
      new StudyExport(Clock.systemUTC())
          .write(
              new StudyExport.Request(
                  study, included.contains(Included.robots), included.contains(Included.pilots)),
              connection,
              zip);
    }
    folder.unpack();
    Verification verification = ExportVerifier.verify(folder.unpacked());
    verification
        .rows()
        .forEach((table, rows) -> spec.commandLine().getOut().printf("  %-24s %8d%n", table, rows));
    verification.problems().forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getOut().println("Export: " + folder.unpacked());
    return verification.intact() ? 0 : 1;
  }
}
