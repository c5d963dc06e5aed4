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

/** An attribution as it was computed and shown: every active component with its score. */
@Entity
@Immutable
public class AttributionView extends PanacheEntityBase {

  /**
   * An active latent in a ranking.
   *
   * @param rank 1 is the strongest by absolute score
   * @param activation sum over the tokens in scope
   * @param tokens how many tokens are in scope
   * @param maximum the largest activation observed in the library's pictures
   * @param activationOfMaximum activation / maximum; null when the latent was never active there
   * @param score attribution to the target in logits
   * @param frequency share of the library's pictures in which the latent is active
   */
  public record Component(
      int rank,
      int latent,
      float activation,
      int tokens,
      float maximum,
      Float activationOfMaximum,
      float score,
      float frequency) {}

  @Id public UUID id;
  public UUID sessionId;
  public String stepId;
  public UUID requestId;

  @Column(name = "request_sha256")
  public String requestSha256;

  public UUID eventId;
  public String method;

  /** Name of the class whose logit is attributed. */
  public String target;

  /** Name of the class whose logit is subtracted, or null. */
  public String contrast;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<PromptPrediction> predictions;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<Component> components;

  @Embedded public Fingerprints fingerprints;
  public long latencyMicros;
  public Instant createdAt;

  static Optional<AttributionView> byRequest(UUID sessionId, UUID requestId) {
    return find("sessionId = ?1 and requestId = ?2", sessionId, requestId).firstResultOptional();
  }

  /** The view, if it belongs to this step of this session. */
  static Optional<AttributionView> of(UUID sessionId, String stepId, UUID id) {
    return find("id = ?1 and sessionId = ?2 and stepId = ?3", id, sessionId, stepId)
        .firstResultOptional();
  }

  Optional<Component> component(int latent) {
    return components.stream().filter(each -> each.latent() == latent).findFirst();
  }
}
