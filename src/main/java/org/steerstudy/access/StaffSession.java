package org.steerstudy.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.Optional;
import org.steerstudy.platform.Tokens;

/** A browser in which a staff member is signed in. Only the hash of its token is stored. */
@Entity
public class StaffSession extends PanacheEntityBase {

  @Id public byte[] tokenHash;
  @ManyToOne public StaffAccount account;
  public Instant createdAt;
  public Instant expiresAt;

  static Optional<StaffSession> byToken(String token) {
    return find(
            "from StaffSession s join fetch s.account where s.tokenHash = ?1", Tokens.hash(token))
        .firstResultOptional();
  }

  static void end(String token) {
    delete("tokenHash", Tokens.hash(token));
  }

  static void endAllOf(StaffAccount account) {
    delete("account", account);
  }

  static void endExpired(Instant now) {
    delete("expiresAt < ?1", now);
  }
}
