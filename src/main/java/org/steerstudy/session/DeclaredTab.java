package org.steerstudy.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Up to which number a browser tab says it has recorded events, given at the end of a session. */
@Entity
@IdClass(DeclaredTab.Key.class)
public class DeclaredTab extends PanacheEntityBase {

  /** The key: one declaration a tab. */
  public record Key(UUID sessionId, UUID tabId) implements Serializable {}

  @Id public UUID sessionId;
  @Id public UUID tabId;
  public long lastSeq;
  public Instant declaredAt;

  static List<DeclaredTab> of(UUID sessionId) {
    return list("sessionId", sessionId);
  }
}
