package org.steerstudy.session;

import java.util.Optional;
import java.util.UUID;
import org.steerstudy.study.Step;

/**
 * What must have happened in a step before a participant may leave it without more. The room that
 * owns a kind of step says so; the session only asks.
 */
public interface LeavingRule {

  /** Why the step cannot be left yet, or empty when it can. */
  Optional<String> obstacle(UUID sessionId, Step step);
}
