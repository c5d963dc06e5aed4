package org.steerstudy.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.steerstudy.access.AccessConfig;
import org.steerstudy.access.StaffAccounts;
import org.steerstudy.platform.SoftwareVersion;
import org.steerstudy.platform.SteerStudyConfig;
import org.steerstudy.session.ParticipantLinks;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.StudyScript;
import org.steerstudy.study.StudyVersion;
import org.steerstudy.workbench.ModelRoom;

/** What the server does between "it listens" and "it is ready": studies, models, the way in. */
final class RunningServer implements QuarkusApplication {

  private static final String LINK_LABEL = "printed at start";
  private static final Duration LINK_LIFE = Duration.ofDays(30);

  private final SteerStudyConfig config;
  private final StudyCatalogue studies;
  private final ModelRoom models;
  private final StaffAccounts staff;
  private final AccessConfig staffConfig;
  private final ParticipantLinks links;
  private final String address;

  RunningServer(
      SteerStudyConfig config,
      StudyCatalogue studies,
      ModelRoom models,
      StaffAccounts staff,
      AccessConfig staffConfig,
      ParticipantLinks links,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.http.port") int port) {
    this.config = config;
    this.studies = studies;
    this.models = models;
    this.staff = staff;
    this.staffConfig = staffConfig;
    this.links = links;
    this.address = config.publicUrl().orElse("http://" + host + ":" + port);
  }

  @Override
  public int run(String... arguments) throws IOException {
    Optional<StaffAccounts.OneTimePassword> first =
        staff.ensureFirstAccount(staffConfig.password());
    StringBuilder ready = new StringBuilder();
    ready.append("\nSteerStudy ").append(SoftwareVersion.current()).append(" is ready.\n\n");
    ready.append("  Staff        ").append(address).append("/staff\n");
    first.ifPresent(
        account ->
            ready
                .append("  Login        ")
                .append(account.login())
                .append("\n  Password     ")
                .append(account.password())
                .append("   (for the first login; you will choose your own)\n"));
    for (Path script : scripts()) {
      ready.append(open(script));
    }
    ready.append("\nCtrl-C stops the server. Nothing is lost.\n");
    System.out.print(ready);
    System.out.flush();
    Quarkus.waitForExit();
    return 0;
  }

  /** Registers a study, opens its model, and makes a participant link for trying it. */
  private String open(Path path) throws IOException {
    StudyVersion version = studies.register(Files.readString(path), relative(path));
    StudyScript script = studies.script(version);
    models.open(script.model());
    links.revokeUnopened(script.slug(), LINK_LABEL);
    String token = links.create(script.slug(), LINK_LABEL, false, false, LINK_LIFE).token();
    return "  Participant  " + address + "/p/" + token + "   (" + script.slug() + ")\n";
  }

  private List<Path> scripts() throws IOException {
    if (!Files.isDirectory(config.tasks())) {
      throw CommandException.because(
          "There is no folder "
              + config.tasks()
              + ". Start the server with the launcher, or set steerstudy.home.");
    }
    try (Stream<Path> folders = Files.list(config.tasks())) {
      return folders
          .map(folder -> folder.resolve("study.yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private String relative(Path path) {
    return config.home().toAbsolutePath().relativize(path.toAbsolutePath()).toString();
  }
}
