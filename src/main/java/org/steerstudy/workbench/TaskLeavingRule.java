package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.steerstudy.session.LeavingRule;
import org.steerstudy.study.Step;
import org.steerstudy.study.WorkbenchStep;

/** A task can be left unsolved, but not unanswered. */
@ApplicationScoped
class TaskLeavingRule implements LeavingRule {

  @Override
  public Optional<String> obstacle(UUID sessionId, Step step) {
    boolean unanswered =
        step instanceof WorkbenchStep && TaskOutcome.of(sessionId, step.id()).isEmpty();
    return unanswered
        ? Optional.of("Give an answer first; you can then go on without solving the task.")
        : Optional.empty();
  }
}
