package org.steerstudy.workbench;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.steerstudy.Participant;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class CompletenessTest {

  @Inject SmallStudy study;

  private final UUID tab = UUID.randomUUID();

  @Test
  void aSessionIsCompleteOnlyWhenEveryDeclaredEventIsHeld() {
    Participant participant = study.participant().reachesTheTask();
    participant.sends(tab, 1, 2, 5).statusCode(200);
    participant.answer("task-1", "hypothesis", "the water").statusCode(200);
    participant
        .post(
            "/steps/task-1/outcome",
            "{\"requestId\":\"%s\",\"cause\":\"object\"}".formatted(UUID.randomUUID()))
        .statusCode(200)
        .body("success", is(false));
    participant.complete("task-1").statusCode(200).body("step.id", is("task-2"));
    participant
        .post(
            "/steps/task-2/outcome",
            "{\"requestId\":\"%s\",\"cause\":\"mark\"}".formatted(UUID.randomUUID()))
        .statusCode(200)
        .body("success", is(true))
        .body("state.step.id", is("thanks"));

    participant
        .finishes(tab, 6)
        .statusCode(409)
        .contentType("application/problem+json")
        .body("missing[0].ranges.from", is(List.of(3, 6)))
        .body("missing[0].ranges.to", is(List.of(4, 6)));
    participant.state().body("state", is("finishing"));

    participant.sends(tab, 3, 4, 6).statusCode(200).body("acceptedUpTo", is(6));
    participant.finishes(tab, 6).statusCode(200).body("state", is("complete"));
    participant.finishes(tab, 6).statusCode(200).body("state", is("complete"));
  }

  @Test
  void aTaskCannotBeLeftUnanswered() {
    study
        .participant()
        .reachesTheTask()
        .complete("task-1")
        .statusCode(409)
        .body("detail", containsString("Give an answer first"));
  }
}
