package org.steerstudy.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One answer to one item. A changed mind is another revision; nothing is overwritten. */
@Entity
@Immutable
public class Answer extends PanacheEntityBase {

  @Id public UUID id;
  public UUID sessionId;
  public String stepId;
  public String itemId;

  /** 1, 2, ... per item. */
  public int revision;

  /** Realised position of the item on its page, from 1. */
  public int position;

  @JdbcTypeCode(SqlTypes.JSON)
  public JsonNode value;

  /** By the participant's clock, as given by the browser. */
  public Instant shownAt;

  /** By the participant's clock, as given by the browser. */
  public Instant answeredAt;

  public Instant storedAt;

  static int nextRevision(UUID sessionId, String stepId, String itemId) {
    return (int) count("sessionId = ?1 and stepId = ?2 and itemId = ?3", sessionId, stepId, itemId)
        + 1;
  }

  /** All answers of a step, each item's revisions in order. */
  public static List<Answer> of(UUID sessionId, String stepId) {
    return list("sessionId = ?1 and stepId = ?2 order by itemId, revision", sessionId, stepId);
  }
}
