package org.steerstudy.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Something that staff did. Never changed or removed. */
@Entity
@Immutable
public class AuditEntry extends PanacheEntityBase {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  public Instant at;

  /** Login of who did it, or {@code unknown}. */
  public String actor;

  /** Dotted name, for example {@code link.created}. */
  public String action;

  /** What it was done to: a login, a study's slug. */
  public String subject;

  @JdbcTypeCode(SqlTypes.JSON)
  public Map<String, Object> detail;
}
