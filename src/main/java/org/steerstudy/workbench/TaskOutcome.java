package org.steerstudy.workbench;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
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

/** What a participant answered in a task, and what the server found of it. */
@Entity
@Immutable
public class TaskOutcome extends PanacheEntityBase {

  @Id public UUID id;
  public UUID sessionId;
  public String stepId;
  public UUID requestId;

  @Column(name = "request_sha256")
  public String requestSha256;

  public UUID eventId;

  /** 1, 2, ... within the step. */
  public int attempt;

  /** Id of the chosen option. */
  public String cause;

  public String explanation;

  /** The edits that stood when the answer was given. */
  @JdbcTypeCode(SqlTypes.JSON)
  public List<StoredEdit> edits;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<PromptPrediction> predictions;

  public boolean causeNamed;
  public boolean repaired;
  public Double rippleRate;
  public Double ownClassRippleRate;
  public boolean success;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<Criterion> judged;

  @Embedded public Fingerprints fingerprints;
  public long latencyMicros;
  public Instant createdAt;

  static Optional<TaskOutcome> byRequest(UUID sessionId, UUID requestId) {
    return find("sessionId = ?1 and requestId = ?2", sessionId, requestId).firstResultOptional();
  }

  static List<TaskOutcome> of(UUID sessionId, String stepId) {
    return list("sessionId = ?1 and stepId = ?2 order by attempt", sessionId, stepId);
  }
}
