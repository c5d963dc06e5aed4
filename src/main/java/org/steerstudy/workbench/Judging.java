package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.steering.RippleReport;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.session.SessionProgress;
import org.steerstudy.session.SessionState;
import org.steerstudy.study.Ask;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.Success;
import org.steerstudy.study.WorkbenchStep;
import org.steerstudy.telemetry.EventLog;

/** Judges a participant's answer by the script's criteria, on the model itself. */
@ApplicationScoped
class Judging {

  private final Benches benches;
  private final Statements statements;
  private final StudyCatalogue studies;
  private final SessionProgress progress;
  private final EventLog events;
  private final Clock clock;

  Judging(
      Benches benches,
      Statements statements,
      StudyCatalogue studies,
      SessionProgress progress,
      EventLog events,
      Clock clock) {
    this.benches = benches;
    this.statements = statements;
    this.studies = studies;
    this.progress = progress;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param cause id of the option that the participant chose
   */
  record Request(
      @NotNull UUID requestId, @NotNull String cause, @Size(max = 10_000) String explanation) {}

  /**
   * @param attemptsLeft null when the script sets no limit
   * @param state where the participant is now: at the next step after success or the last attempt
   */
  record Response(
      int attempt,
      Integer attemptsLeft,
      boolean success,
      List<Criterion> criteria,
      SessionState state) {}

  @Transactional
  Response judge(UUID sessionId, String stepId, Request request) {
    Session session = Session.locked(sessionId);
    String sha256 = Requests.sha256(request);
    Optional<TaskOutcome> stored = TaskOutcome.byRequest(sessionId, request.requestId());
    if (stored.isPresent()) {
      Requests.requireSame(stored.get().requestSha256, sha256);
      return respond(stored.get(), limit(session, stepId), progress.state(sessionId));
    }
    Bench bench = benches.open(sessionId, stepId);
    requireAnswer(bench, request);
    statements.requireBeforeAnswer(bench);
    TaskOutcome outcome = compute(bench, request, sha256);
    int limit = limit(session, stepId);
    boolean leave = outcome.success || (limit > 0 && outcome.attempt >= limit);
    SessionState state =
        leave ? progress.leave(session, stepId, sha256) : progress.state(sessionId);
    return respond(outcome, limit, state);
  }

  private int limit(Session session, String stepId) {
    return studies
        .script(session.studyVersion)
        .step(stepId)
        .map(step -> step instanceof WorkbenchStep task ? task.attempts() : 0)
        .orElse(0);
  }

  private static void requireAnswer(Bench bench, Request request) {
    if (bench.step().answer().options().stream()
        .noneMatch(option -> option.id().equals(request.cause()))) {
      throw ProblemException.unprocessable("Choose one of the options of the question.");
    }
    boolean explained = request.explanation() != null && !request.explanation().isBlank();
    if (bench.step().answer().explanation() == Ask.REQUIRED && !explained) {
      throw ProblemException.unprocessable("This task asks for an explanation in your own words.");
    }
  }

  private TaskOutcome compute(Bench bench, Request request, String sha256) {
    UUID sessionId = bench.session().id;
    String stepId = bench.step().id();
    List<StoredEdit> edits = EditHistory.of(Intervention.applied(sessionId, stepId)).standing();
    long start = System.nanoTime();
    Prediction steered =
        bench.model().steer(bench.picture(), bench.prompts(), StoredEdit.toEngine(edits));
    RippleSet set = RippleSet.of(bench);
    RippleReport ripple =
        bench
            .model()
            .ripple(set.pictures(), set.truths(), bench.prompts(), StoredEdit.toEngine(edits));
    long micros = (System.nanoTime() - start) / 1000;

    TaskOutcome outcome = new TaskOutcome();
    outcome.id = Ids.next();
    outcome.sessionId = sessionId;
    outcome.stepId = stepId;
    outcome.requestId = request.requestId();
    outcome.requestSha256 = sha256;
    outcome.attempt = TaskOutcome.of(sessionId, stepId).size() + 1;
    outcome.cause = request.cause();
    outcome.explanation = request.explanation();
    outcome.edits = edits;
    outcome.predictions = bench.rows(steered);
    outcome.causeNamed = request.cause().equals(bench.step().success().cause());
    outcome.repaired = steered.top() == bench.names().indexOf(bench.step().truth());
    outcome.rippleRate = ripple.rippleRate();
    outcome.ownClassRippleRate = ripple.rippleRate(bench.names().indexOf(bench.step().target()));
    outcome.judged = criteria(bench.step().success(), outcome, bench);
    outcome.success = outcome.judged.stream().allMatch(Criterion::met);
    outcome.fingerprints = bench.fingerprints();
    outcome.latencyMicros = micros;
    outcome.createdAt = clock.instant();
    outcome.eventId = events.record(sessionId, stepId, "answer.judged", describe(outcome));
    outcome.persistAndFlush();
    return outcome;
  }

  private static List<Criterion> criteria(Success success, TaskOutcome outcome, Bench bench) {
    List<Criterion> criteria = new ArrayList<>();
    criteria.add(
        new Criterion(
            "cause",
            outcome.causeNamed,
            null,
            null,
            outcome.causeNamed
                ? "You named what the model uses."
                : "The model uses something else."));
    if (success.repaired()) {
      criteria.add(
          new Criterion(
              "repaired",
              outcome.repaired,
              null,
              null,
              outcome.repaired
                  ? "With your edits the model says '" + bench.step().truth() + "'."
                  : "With your edits the model does not say '" + bench.step().truth() + "' yet."));
    }
    if (success.ripple() != null) {
      criteria.add(
          limited(
              "ripple",
              outcome.rippleRate,
              success.ripple().atMost(),
              "of the other pictures that were right become wrong"));
      criteria.add(
          limited(
              "own-class-ripple",
              outcome.ownClassRippleRate,
              success.ripple().ownClassAtMost(),
              "of the real pictures of '" + bench.step().target() + "' become wrong"));
    }
    return criteria;
  }

  private static Criterion limited(String name, double found, double limit, String what) {
    return new Criterion(
        name,
        found <= limit,
        limit,
        found,
        "%.0f %% %s; up to %.0f %% is accepted.".formatted(100 * found, what, 100 * limit));
  }

  private static Map<String, Object> describe(TaskOutcome outcome) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("outcomeId", outcome.id);
    payload.put("attempt", outcome.attempt);
    payload.put("cause", outcome.cause);
    payload.put("success", outcome.success);
    return payload;
  }

  private static Response respond(TaskOutcome outcome, int limit, SessionState state) {
    return new Response(
        outcome.attempt,
        limit == 0 ? null : limit - outcome.attempt,
        outcome.success,
        outcome.judged,
        state);
  }
}
