package org.steerstudy.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A dose sweep, a ripple check or measured ablations: a result that changed no edit. */
@Entity
@Immutable
public class Measurement extends PanacheEntityBase {

  /** What was measured. */
  public enum Kind {
    SWEEP,
    RIPPLE,
    ABLATION
  }

  @Id public UUID id;
  public UUID sessionId;
  public String stepId;
  public UUID viewId;
  public UUID requestId;

  @Column(name = "request_sha256")
  public String requestSha256;

  public UUID eventId;

  @Convert(converter = StoredNames.MeasureColumn.class)
  public Kind kind;

  /** The latent of a sweep; null otherwise. */
  public Integer latent;

  /** The edits that stood. */
  @JdbcTypeCode(SqlTypes.JSON)
  public List<StoredEdit> edits;

  /**
   * The whole answer as it was sent: {@link SweepResult}, {@link RippleResult}, {@link
   * AblationResult}.
   */
  @JdbcTypeCode(SqlTypes.JSON)
  public JsonNode result;

  @Embedded public Fingerprints fingerprints;
  public long latencyMicros;
  public Instant createdAt;

  static Optional<Measurement> byRequest(UUID sessionId, UUID requestId) {
    return find("sessionId = ?1 and requestId = ?2", sessionId, requestId).firstResultOptional();
  }
}
