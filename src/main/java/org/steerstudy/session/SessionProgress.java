package org.steerstudy.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.steerstudy.platform.CanonicalJson;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.study.DebriefStep;
import org.steerstudy.study.Step;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.StudyScript;
import org.steerstudy.telemetry.EventLog;
import org.steerstudy.telemetry.SequenceCoverage;

/**
 * The state machine of a session: the steps of its script one after the other, and at the end the
 * wait for the last event. Every change happens under the lock on the session's row, together with
 * the event that tells of it.
 */
@ApplicationScoped
public class SessionProgress {

  private final StudyCatalogue studies;
  private final StepViews views;
  private final AnswerSheet answers;
  private final EventLog events;
  private final Instance<LeavingRule> leavingRules;
  private final Clock clock;

  SessionProgress(
      StudyCatalogue studies,
      StepViews views,
      AnswerSheet answers,
      EventLog events,
      @Any Instance<LeavingRule> leavingRules,
      Clock clock) {
    this.studies = studies;
    this.views = views;
    this.answers = answers;
    this.events = events;
    this.leavingRules = leavingRules;
    this.clock = clock;
  }

  /**
   * What came of a request to finish.
   *
   * @param missing per tab what the server does not hold; empty when the session is complete
   */
  public record Finish(SessionState state, List<MissingOfTab> missing) {}

  /** Gaps in what a tab has declared. */
  public record MissingOfTab(UUID tabId, List<SequenceCoverage.Range> ranges) {}

  @Transactional
  public SessionState state(UUID sessionId) {
    Session session =
        Session.<Session>findByIdOptional(sessionId)
            .orElseThrow(() -> ProblemException.notFound("There is no such session."));
    return describe(session);
  }

  /**
   * Stores the answers of the open step and goes on to the next.
   *
   * @throws ProblemException 422 when an answer is missing or does not fit, 409 when the step is
   *     not open, or was left with other answers
   */
  @Transactional
  public SessionState complete(UUID sessionId, String stepId, List<GivenAnswer> given) {
    Session session = Session.locked(sessionId);
    StudyScript script = studies.script(session.studyVersion);
    SessionStep entered = entered(session, stepId);
    String request = CanonicalJson.sha256(given);
    if (entered.completedAt != null) {
      if (request.equals(entered.requestHash)) {
        return describe(session);
      }
      throw ProblemException.conflict(
          "This step has been left already, with other answers. Those are kept; reload the page to go"
              + " on.");
    }
    Step step = script.steps().get(session.stepIndex);
    if (step instanceof DebriefStep) {
      throw ProblemException.conflict("This is the last step: finish the session instead.");
    }
    leavingRules.stream()
        .map(rule -> rule.obstacle(sessionId, step))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            obstacle -> {
              throw ProblemException.conflict(obstacle);
            });
    answers.store(session, step, given, AnswerSheet.Completeness.ALL_REQUIRED);
    leave(session, entered, request);
    return describe(session);
  }

  /**
   * Stores answers without leaving the step; a changed answer becomes another revision.
   *
   * @return how many were stored
   */
  @Transactional
  public int answer(UUID sessionId, String stepId, List<GivenAnswer> given) {
    Session session = Session.locked(sessionId);
    Step step = requireOpen(session, stepId);
    return answers.store(session, step, given, AnswerSheet.Completeness.SOME);
  }

  /**
   * Leaves the open step because what happened in it has ended it; belongs into the transaction in
   * which that happened.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public SessionState leave(Session session, String stepId, String requestHash) {
    leave(session, entered(session, stepId), requestHash);
    return describe(session);
  }

  /**
   * The open step of a session.
   *
   * @throws ProblemException 409 when another step is open
   */
  public Step requireOpen(Session session, String stepId) {
    Step step = studies.script(session.studyVersion).steps().get(session.stepIndex);
    if (session.state == Session.State.COMPLETE) {
      throw ProblemException.conflict("This session is complete; nothing can be added to it.");
    }
    if (!step.id().equals(stepId)) {
      throw ProblemException.conflict(
          "This step is not open. What was saved is kept; reload the page to go on where you were.");
    }
    return step;
  }

  /**
   * Ends the session if the server holds every event that the browser declares; otherwise notes the
   * declaration and says what is missing.
   */
  @Transactional
  public Finish finish(UUID sessionId, List<SessionResource.FinishRequest.Tab> tabs) {
    Session session = Session.locked(sessionId);
    Step step = studies.script(session.studyVersion).steps().get(session.stepIndex);
    if (!(step instanceof DebriefStep)) {
      throw ProblemException.conflict(
          "The study is not at its end yet. Reload the page to go on where you were.");
    }
    if (session.state == Session.State.COMPLETE) {
      return new Finish(describe(session), List.of());
    }
    declare(session, tabs);
    List<MissingOfTab> missing = missing(session);
    if (missing.isEmpty()) {
      leaveLast(session, step);
    } else {
      session.state = Session.State.FINISHING;
    }
    return new Finish(describe(session), missing);
  }

  void enterFirstStep(Session session) {
    enter(session);
  }

  private void declare(Session session, List<SessionResource.FinishRequest.Tab> tabs) {
    for (SessionResource.FinishRequest.Tab tab : tabs) {
      DeclaredTab declared =
          DeclaredTab.<DeclaredTab>findByIdOptional(new DeclaredTab.Key(session.id, tab.tabId()))
              .orElseGet(
                  () -> {
                    DeclaredTab added = new DeclaredTab();
                    added.sessionId = session.id;
                    added.tabId = tab.tabId();
                    added.lastSeq = tab.lastSeq();
                    added.declaredAt = clock.instant();
                    added.persist();
                    return added;
                  });
      // A tab that stayed open may have gone on counting; a declaration never shrinks.
      declared.lastSeq = Math.max(declared.lastSeq, tab.lastSeq());
      declared.declaredAt = clock.instant();
    }
  }

  /** Gaps in what was declared, and in tabs that sent something and were not declared. */
  private List<MissingOfTab> missing(Session session) {
    Map<UUID, Long> ends = new LinkedHashMap<>();
    DeclaredTab.of(session.id).forEach(tab -> ends.put(tab.tabId, tab.lastSeq));
    Set<UUID> all = new HashSet<>(events.tabs(session.id));
    all.forEach(tab -> ends.putIfAbsent(tab, 0L));
    List<MissingOfTab> missing = new ArrayList<>();
    ends.forEach(
        (tab, last) -> {
          SequenceCoverage coverage = events.coverage(session.id, tab, last);
          if (!coverage.complete()) {
            missing.add(new MissingOfTab(tab, coverage.missing()));
          }
        });
    return missing;
  }

  private void leaveLast(Session session, Step step) {
    SessionStep entered = entered(session, step.id());
    entered.completedAt = clock.instant();
    session.state = Session.State.COMPLETE;
    session.finishedAt = clock.instant();
    events.record(session.id, step.id(), "session.finished", Map.of());
  }

  private void leave(Session session, SessionStep entered, String requestHash) {
    entered.completedAt = clock.instant();
    entered.requestHash = requestHash;
    events.record(
        session.id,
        entered.stepId,
        "step.completed",
        Map.of("position", entered.position, "type", entered.type));
    session.stepIndex++;
    enter(session);
  }

  private void enter(Session session) {
    Step step = studies.script(session.studyVersion).steps().get(session.stepIndex);
    SessionStep entered = new SessionStep();
    entered.sessionId = session.id;
    entered.stepId = step.id();
    entered.position = session.stepIndex + 1;
    entered.type = step.type();
    entered.enteredAt = clock.instant();
    entered.persist();
    events.record(
        session.id,
        step.id(),
        "step.entered",
        Map.of("position", entered.position, "type", entered.type));
  }

  private static SessionStep entered(Session session, String stepId) {
    return SessionStep.of(session.id, stepId)
        .orElseThrow(
            () ->
                ProblemException.conflict(
                    "This step is not open. Reload the page to go on where you were."));
  }

  private SessionState describe(Session session) {
    StudyScript script = studies.script(session.studyVersion);
    return new SessionState(
        session.id,
        new SessionState.StudyTitle(
            script.slug(), script.title(), script.minutes(), script.contact()),
        session.participant.pseudonym,
        new StateColumn().convertToDatabaseColumn(session.state),
        session.stepIndex + 1,
        script.steps().size(),
        views.of(script, script.steps().get(session.stepIndex), session.studyVersion.sha256));
  }
}
