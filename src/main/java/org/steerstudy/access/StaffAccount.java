package org.steerstudy.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Somebody who may see what participants did. */
@Entity
public class StaffAccount extends PanacheEntityBase {

  @Id public UUID id;
  public String login;

  /** bcrypt, in the modular crypt format. */
  public String passwordHash;

  public boolean mustChangePassword;
  public Instant createdAt;

  /** Wrong passwords in a row. */
  public int failedLogins;

  public Instant lockedUntil;

  static Optional<StaffAccount> byLogin(String login) {
    return find("login", login).firstResultOptional();
  }

  static Optional<StaffAccount> lockedByLogin(String login) {
    return find("login", login).withLock(LockModeType.PESSIMISTIC_WRITE).firstResultOptional();
  }
}
