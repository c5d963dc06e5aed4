package org.steerstudy.workbench;

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

/** One thing that a participant did to the model, with the predictions before and after it. */
@Entity
@Immutable
public class Intervention extends PanacheEntityBase {

  @Id public UUID id;
  public UUID sessionId;
  public String stepId;
  public UUID viewId;
  public UUID requestId;

  @Column(name = "request_sha256")
  public String requestSha256;

  public UUID eventId;

  /** 1, 2, ... within the step, previews counted. */
  public int position;

  @Convert(converter = StoredNames.PhaseColumn.class)
  public Phase phase;

  @Convert(converter = StoredNames.ActionColumn.class)
  public Action action;

  @Convert(converter = StoredNames.KindColumn.class)
  public InterventionKind kind;

  public Integer latent;
  public String operation;
  public Double value;

  /** Of the latent in the unmodified pass, summed over the tokens in scope. */
  public Double activation;

  /** Edited activation / activation before this intervention; null for an inactive latent. */
  public Double multipleBefore;

  /** Edited activation / activation after this intervention; null for an inactive latent. */
  public Double multipleAfter;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<StoredEdit> editsBefore;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<StoredEdit> editsAfter;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<PromptPrediction> baseline;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<PromptPrediction> predictionsBefore;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<PromptPrediction> predictionsAfter;

  @Embedded public Fingerprints fingerprints;
  public long latencyMicros;
  public Instant createdAt;

  static Optional<Intervention> byRequest(UUID sessionId, UUID requestId) {
    return find("sessionId = ?1 and requestId = ?2", sessionId, requestId).firstResultOptional();
  }

  /** What was made to stand in a step, in its order; previews have changed nothing. */
  static List<AppliedChange> applied(UUID sessionId, String stepId) {
    return getEntityManager()
        .createQuery(
            """
            select new org.steerstudy.workbench.AppliedChange(i.action, i.editsAfter)
            from Intervention i
            where i.sessionId = :session and i.stepId = :step and i.phase = :applied
            order by i.position""",
            AppliedChange.class)
        .setParameter("session", sessionId)
        .setParameter("step", stepId)
        .setParameter("applied", Phase.APPLIED)
        .getResultList();
  }

  /**
   * The position that the next intervention of a step gets; the caller holds the session's lock.
   */
  static int nextPosition(UUID sessionId, String stepId) {
    return (int) count("sessionId = ?1 and stepId = ?2", sessionId, stepId) + 1;
  }

  /** All interventions of a step in their order, whole. */
  static List<Intervention> of(UUID sessionId, String stepId) {
    return list("sessionId = ?1 and stepId = ?2 order by position", sessionId, stepId);
  }
}
