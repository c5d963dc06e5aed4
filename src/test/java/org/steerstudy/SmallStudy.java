package org.steerstudy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.steerstudy.session.ParticipantLinks;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.StudyVersion;
import org.steerstudy.workbench.ModelRoom;

/** Registers the small study of the tests and makes links into it. */
@ApplicationScoped
public class SmallStudy {

  private static final Path SCRIPT = Path.of("src/test/resources/studies/small.yaml");

  private final StudyCatalogue studies;
  private final ModelRoom models;
  private final ParticipantLinks links;

  SmallStudy(StudyCatalogue studies, ModelRoom models, ParticipantLinks links) {
    this.studies = studies;
    this.models = models;
    this.links = links;
  }

  /** The token of a link that is good for an hour. */
  public String link() {
    return link(Duration.ofHours(1));
  }

  public String link(Duration validFor) {
    try {
      StudyVersion version = studies.register(Files.readString(SCRIPT), SCRIPT.toString());
      models.open(studies.script(version).model());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return links.create("small", "test", false, false, validFor).token();
  }

  public Participant participant() {
    return Participant.open(link());
  }
}
