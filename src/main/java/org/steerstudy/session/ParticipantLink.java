package org.steerstudy.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.steerstudy.platform.Tokens;
import org.steerstudy.study.Study;

/**
 * A personal link into a study. Whoever has it is the participant; the same link leads back into
 * the same session. Only the hash of its token is stored.
 */
@Entity
public class ParticipantLink extends PanacheEntityBase {

  @Id public UUID id;
  @ManyToOne public Study study;

  /** Set when the link is opened for the first time. */
  @ManyToOne public Participant participant;

  public byte[] tokenHash;

  /** What the researcher calls the link; not shown to the participant. */
  public String label;

  public boolean pilot;
  public boolean robot;
  public Instant createdAt;
  public Instant expiresAt;
  public Instant revokedAt;

  static Optional<ParticipantLink> byToken(String token) {
    return find("tokenHash", Tokens.hash(token)).firstResultOptional();
  }

  /** Two first openings at once must not make two participants. */
  static Optional<ParticipantLink> lockedByToken(String token) {
    return find("tokenHash", Tokens.hash(token))
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  boolean closed(Instant now) {
    return revokedAt != null || now.isAfter(expiresAt);
  }
}
