package org.steerstudy.study;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A study by its short name; what it asks of participants is in its versions. */
@Entity
public class Study extends PanacheEntityBase {

  @Id public UUID id;
  public String slug;
  public Instant createdAt;

  public static Optional<Study> bySlug(String slug) {
    return find("slug", slug).firstResultOptional();
  }

  /**
   * The study, locked until the end of the transaction: numbers are given out one after the other.
   */
  public static Study locked(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }
}
