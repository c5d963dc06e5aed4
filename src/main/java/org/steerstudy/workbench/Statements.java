package org.steerstudy.workbench;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Answer;
import org.steerstudy.study.Ask;
import org.steerstudy.study.Asks;

/**
 * What participants state beside their work: what they think the model uses, how sure they are, how
 * much they trust it. A study that compares before and after needs the before to come first; the
 * server sees to it.
 */
@ApplicationScoped
class Statements {

  /** The latest value of every statement of a step. */
  Map<String, JsonNode> latest(UUID sessionId, String stepId) {
    Map<String, JsonNode> latest = new LinkedHashMap<>();
    Answer.of(sessionId, stepId).forEach(answer -> latest.put(answer.itemId, answer.value));
    return latest;
  }

  /**
   * @throws ProblemException 409 naming the statements that are asked for before the first edit
   */
  void requireBeforeSteering(Bench bench) {
    List<String> needed = new ArrayList<>();
    Asks ask = bench.step().ask();
    if (ask.hypothesis() == Ask.REQUIRED) {
      needed.add("hypothesis");
    }
    require(bench, needed, "-before", "Before the first edit this task asks for");
  }

  /**
   * @throws ProblemException 409 naming the statements that are asked for before the answer
   */
  void requireBeforeAnswer(Bench bench) {
    require(bench, new ArrayList<>(), "-after", "Before the answer this task asks for");
  }

  private void require(Bench bench, List<String> needed, String moment, String sentence) {
    Asks ask = bench.step().ask();
    if (ask.confidence() == Ask.REQUIRED) {
      needed.add("confidence" + moment);
    }
    if (ask.trust() == Ask.REQUIRED) {
      needed.add("trust" + moment);
    }
    Set<String> given = latest(bench.session().id, bench.step().id()).keySet();
    needed.removeAll(given);
    if (!needed.isEmpty()) {
      throw ProblemException.conflict(
              sentence + ": " + String.join(", ", needed) + ". Nothing was changed.")
          .with("missing", needed);
    }
  }
}
