package org.steerstudy.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.study.StudyVersion;

/** One participant's run through one version of a study. */
@Entity
public class Session extends PanacheEntityBase {

  /**
   * {@code FINISHING}: every step is done, but the server does not yet hold every event that the
   * browser declared. {@code COMPLETE}: it does.
   */
  public enum State {
    RUNNING,
    FINISHING,
    COMPLETE
  }

  @Id public UUID id;
  @OneToOne public Participant participant;
  @ManyToOne public StudyVersion studyVersion;

  @Convert(converter = StateColumn.class)
  @Column(name = "state")
  public State state;

  /** Index into the script's steps, from 0. */
  public int stepIndex;

  public Instant startedAt;
  public Instant finishedAt;

  static Optional<Session> of(Participant participant) {
    return find("participant", participant).firstResultOptional();
  }

  /**
   * The session, locked until the end of the transaction: what one participant does is stored one
   * after the other, in the order of arrival.
   */
  public static Session locked(UUID id) {
    return Session.<Session>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(() -> ProblemException.notFound("There is no such session."));
  }
}
