package org.steerstudy.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;

/** Keeps what staff did. An entry belongs into the transaction of the deed, if there is one. */
@ApplicationScoped
public class Audit {

  private final Clock clock;

  Audit(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param actor login of who did it
   * @param action dotted name, for example {@code link.created}
   * @param subject what it was done to
   * @param detail what else must be known later; no secrets
   */
  @Transactional
  public void record(String actor, String action, String subject, Map<String, Object> detail) {
    AuditEntry entry = new AuditEntry();
    entry.at = clock.instant();
    entry.actor = actor;
    entry.action = action;
    entry.subject = subject;
    entry.detail = detail;
    entry.persist();
  }
}
