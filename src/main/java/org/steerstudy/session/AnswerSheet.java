package org.steerstudy.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.study.Step;
import org.steerstudy.telemetry.EventLog;

/** Stores answers, all of a request or none. */
@ApplicationScoped
class AnswerSheet {

  /** Whether a step is being left, or only some of its items answered. */
  enum Completeness {
    ALL_REQUIRED,
    SOME
  }

  /** What is wrong with the answer to one item. */
  record Complaint(String item, String message) {}

  private final EventLog events;
  private final Clock clock;

  AnswerSheet(EventLog events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * @return how many answers were stored; items left empty are not stored
   * @throws ProblemException 422 with a complaint per item; nothing is stored then
   */
  int store(Session session, Step step, List<GivenAnswer> given, Completeness completeness) {
    AnswerCheck check = AnswerCheck.of(step);
    List<GivenAnswer> filled =
        given.stream()
            .filter(answer -> answer.value() != null && !answer.value().isNull())
            .toList();
    List<Complaint> complaints = complaints(check, given, filled, completeness);
    if (!complaints.isEmpty()) {
      throw ProblemException.unprocessable(
              "Some answers are missing or do not fit; none was stored. See 'errors'.")
          .with("errors", complaints);
    }
    List<Map<String, Object>> stored = new ArrayList<>();
    for (GivenAnswer each : filled) {
      Answer answer = new Answer();
      answer.id = Ids.next();
      answer.sessionId = session.id;
      answer.stepId = step.id();
      answer.itemId = each.item();
      answer.revision = Answer.nextRevision(session.id, step.id(), each.item());
      answer.position = check.items().indexOf(each.item()) + 1;
      answer.value = each.value();
      answer.shownAt = instant(each.shownAt());
      answer.answeredAt = instant(each.answeredAt());
      answer.storedAt = clock.instant();
      answer.persist();
      stored.add(Map.of("answerId", answer.id, "item", answer.itemId, "revision", answer.revision));
    }
    if (!stored.isEmpty()) {
      events.record(session.id, step.id(), "answers.stored", Map.of("answers", stored));
    }
    return stored.size();
  }

  private static List<Complaint> complaints(
      AnswerCheck check,
      List<GivenAnswer> given,
      List<GivenAnswer> filled,
      Completeness completeness) {
    List<Complaint> complaints = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    given.stream()
        .filter(answer -> !seen.add(answer.item()))
        .forEach(answer -> complaints.add(new Complaint(answer.item(), "Answered twice.")));
    Set<String> answered = new HashSet<>();
    for (GivenAnswer each : filled) {
      answered.add(each.item());
      check
          .complaint(each.item(), each.value())
          .ifPresent(message -> complaints.add(new Complaint(each.item(), message)));
    }
    if (completeness == Completeness.ALL_REQUIRED) {
      check.items().stream()
          .filter(item -> check.required(item) && !answered.contains(item))
          .forEach(item -> complaints.add(new Complaint(item, "An answer is needed here.")));
    }
    return complaints;
  }

  private static Instant instant(Long millis) {
    return Optional.ofNullable(millis).map(Instant::ofEpochMilli).orElse(null);
  }
}
