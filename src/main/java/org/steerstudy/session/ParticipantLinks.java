package org.steerstudy.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.platform.Tokens;
import org.steerstudy.study.Study;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.StudyVersion;
import org.steerstudy.telemetry.EventLog;

/** Makes participants' links and leads from a link to its session. */
@ApplicationScoped
public class ParticipantLinks {

  private final StudyCatalogue studies;
  private final SessionProgress progress;
  private final EventLog events;
  private final Clock clock;

  ParticipantLinks(StudyCatalogue studies, SessionProgress progress, EventLog events, Clock clock) {
    this.studies = studies;
    this.progress = progress;
    this.events = events;
    this.clock = clock;
  }

  /**
   * A new link. The token in it is not kept: whoever makes the link passes it on now or makes
   * another.
   *
   * @param token goes into the address {@code /p/{token}}
   */
  public record CreatedLink(UUID id, String token, Instant expiresAt) {}

  @Transactional
  public CreatedLink create(
      String slug, String label, boolean pilot, boolean robot, Duration validFor) {
    Study study = studies.require(slug);
    String token = Tokens.random();
    ParticipantLink link = new ParticipantLink();
    link.id = Ids.next();
    link.study = study;
    link.tokenHash = Tokens.hash(token);
    link.label = label;
    link.pilot = pilot;
    link.robot = robot;
    link.createdAt = clock.instant();
    link.expiresAt = link.createdAt.plus(validFor);
    link.persist();
    return new CreatedLink(link.id, token, link.expiresAt);
  }

  /** Closes the unopened links of a study that carry this label. */
  @Transactional
  public void revokeUnopened(String slug, String label) {
    ParticipantLink.update(
        "revokedAt = ?1 where study = ?2 and label = ?3 and participant is null and revokedAt is null",
        clock.instant(),
        studies.require(slug),
        label);
  }

  /**
   * The session behind a link. The first opening makes the participant and pins the session to the
   * newest version of the script; every further one leads back to it.
   *
   * @throws ProblemException 404 for an unknown token, 410 for an expired or revoked one
   */
  @Transactional
  public UUID open(String token) {
    ParticipantLink link =
        ParticipantLink.lockedByToken(token)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "This link leads to no study. Check that it was copied whole, or ask for a new"
                            + " one."));
    if (link.closed(clock.instant())) {
      throw ProblemException.gone(
          "This link is no longer valid. Nothing that you did before is lost; ask the researchers for"
              + " a new link.");
    }
    if (link.participant != null) {
      return resume(link.participant);
    }
    return begin(link);
  }

  private UUID resume(Participant participant) {
    Session session = Session.locked(Session.of(participant).orElseThrow().id);
    if (session.state != Session.State.COMPLETE) {
      events.record(session.id, null, "session.resumed", Map.of("stepIndex", session.stepIndex));
    }
    return session.id;
  }

  private UUID begin(ParticipantLink link) {
    StudyVersion version = studies.newestVersion(link.study);
    Participant participant = new Participant();
    participant.id = Ids.next();
    participant.study = Study.locked(link.study.id);
    participant.number = Participant.nextNumber(link.study);
    participant.pseudonym = "P%03d".formatted(participant.number);
    participant.pilot = link.pilot;
    participant.robot = link.robot;
    participant.createdAt = clock.instant();
    participant.persist();
    link.participant = participant;

    Session session = new Session();
    session.id = Ids.next();
    session.participant = participant;
    session.studyVersion = version;
    session.state = Session.State.RUNNING;
    session.startedAt = clock.instant();
    session.persistAndFlush();
    events.record(
        session.id,
        null,
        "session.started",
        Map.of(
            "study", link.study.slug,
            "scriptSha256", version.sha256,
            "pilot", link.pilot,
            "robot", link.robot));
    progress.enterFirstStep(session);
    return session.id;
  }
}
