package org.steerstudy.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** When a participant entered and left a step of the script. */
@Entity
@IdClass(SessionStep.Key.class)
public class SessionStep extends PanacheEntityBase {

  /** The key: a step is entered once in a session. */
  public record Key(UUID sessionId, String stepId) implements Serializable {}

  @Id public UUID sessionId;
  @Id public String stepId;

  /** Realised position in the session, from 1. */
  public int position;

  public String type;
  public Instant enteredAt;
  public Instant completedAt;

  /** SHA-256 of the request that completed the step: the same request again changes nothing. */
  public String requestHash;

  static Optional<SessionStep> of(UUID sessionId, String stepId) {
    return findByIdOptional(new Key(sessionId, stepId));
  }
}
