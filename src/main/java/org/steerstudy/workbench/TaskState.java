package org.steerstudy.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where a participant stands in a task, so that a reloaded page goes on as it was. */
@ApplicationScoped
class TaskState {

  private static final int TOP = 3;

  private final Statements statements;

  TaskState(Statements statements) {
    this.statements = statements;
  }

  /**
   * @param steered the predictions that were computed for the standing edits; null before the first
   *     applied intervention
   */
  record Response(
      List<StoredEdit> edits,
      List<PromptPrediction> steered,
      boolean canUndo,
      boolean canRedo,
      List<Entry> history,
      Map<String, JsonNode> answers,
      List<Attempt> attempts,
      boolean solved) {}

  /** An applied intervention with the strongest predictions after it. */
  record Entry(
      UUID interventionId,
      int position,
      String kind,
      Action action,
      Integer latent,
      String operation,
      Double value,
      Double multipleAfter,
      Instant at,
      List<StoredEdit> edits,
      List<PromptPrediction> after) {}

  record Attempt(int attempt, boolean success) {}

  @Transactional
  Response of(UUID sessionId, String stepId) {
    EditHistory history = EditHistory.of(Intervention.applied(sessionId, stepId));
    List<TaskOutcome> outcomes = TaskOutcome.of(sessionId, stepId);
    List<Intervention> applied =
        Intervention.of(sessionId, stepId).stream()
            .filter(each -> each.phase == Phase.APPLIED)
            .toList();
    return new Response(
        history.standing(),
        applied.isEmpty() ? null : applied.get(applied.size() - 1).predictionsAfter,
        history.canUndo(),
        history.canRedo(),
        applied.stream().map(TaskState::entry).toList(),
        statements.latest(sessionId, stepId),
        outcomes.stream().map(each -> new Attempt(each.attempt, each.success)).toList(),
        outcomes.stream().anyMatch(each -> each.success));
  }

  private static Entry entry(Intervention each) {
    return new Entry(
        each.id,
        each.position,
        each.kind.stored(),
        each.action,
        each.latent,
        each.operation,
        each.value,
        each.multipleAfter,
        each.createdAt,
        each.editsAfter,
        each.predictionsAfter.stream()
            .sorted(Comparator.comparingInt(PromptPrediction::rank))
            .limit(TOP)
            .toList());
  }
}
