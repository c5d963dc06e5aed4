package org.steerstudy.workbench;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.Participant;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;

/** A participant at the small study's tasks, on the real engine and the demo checkpoint. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class WorkbenchTest {

  private static final String TASK = "/steps/task-1";

  @Inject SmallStudy study;
  @Inject AgroalDataSource database;

  private Participant participant;

  @BeforeEach
  void reachTheTask() {
    participant = study.participant().reachesTheTask();
  }

  @Test
  void aViewRanksTheActiveLatentsAndIsStoredWithItsFingerprints() throws SQLException {
    JsonPath view = view();
    assertEquals("boat", top(view.getList("predictions")));
    assertEquals(16, view.getList("components").size());
    List<Float> scores = view.getList("components.score");
    for (int i = 1; i < scores.size(); i++) {
      assertTrue(Math.abs(scores.get(i - 1)) >= Math.abs(scores.get(i)), "ranked by size");
    }
    assertEquals(
        view.getString("fingerprints.model"),
        one("select model_sha256 from attribution_view where id = ?", view.getUUID("viewId")));
    assertEquals(
        "attribution.viewed",
        one(
            "select e.type from attribution_view v join event e using (session_id, event_id) where v.id = ?",
            view.getUUID("viewId")));
  }

  @Test
  void examplePicturesAreServedByTheirContent() {
    String url = view().getString("components[0].examples[0].url");
    given()
        .get(url)
        .then()
        .statusCode(200)
        .contentType("image/jpeg")
        .header("Cache-Control", containsString("immutable"));
    given().get("/api/pictures/..%2F..%2Fpom.xml").then().statusCode(404);
  }

  @Test
  void noEditIsPossibleBeforeTheHypothesisThatTheScriptAsksFor() {
    JsonPath view = view();
    edit(view, "applied", "suppress", null)
        .statusCode(409)
        .contentType("application/problem+json")
        .body("missing", hasItem("hypothesis"));
    state(participant).body("history", empty());
  }

  @Test
  void suppressingTheStrongestLatentChangesThePredictionAndCountsAsSuppression()
      throws SQLException {
    JsonPath view = viewWithHypothesis();
    JsonPath done =
        edit(view, "applied", "suppress", null)
            .statusCode(200)
            .body("kind", is("suppress"))
            .body("position", is(1))
            .body("edits", hasSize(1))
            .body("canUndo", is(true))
            .extract()
            .jsonPath();
    assertEquals(view.getList("predictions.logit"), done.getList("baseline.logit"));
    assertEquals(done.getList("baseline.logit"), done.getList("before.logit"));
    assertNotEquals(done.getList("before.logit"), done.getList("after.logit"));
    assertEquals(
        "1.0/0.0",
        one(
            "select multiple_before::numeric(9,1) || '/' || multiple_after::numeric(9,1) from intervention where id = ?",
            done.getUUID("interventionId")));
  }

  @Test
  void theSameRequestAgainIsTheSameInterventionAndAnotherUnderItsNumberIsRefused()
      throws SQLException {
    JsonPath view = viewWithHypothesis();
    Map<String, Object> request = intervention(view, "applied", "edit", latent(view), "scale", 2.0);
    JsonPath first = post("/interventions", request).statusCode(200).extract().jsonPath();
    JsonPath again = post("/interventions", request).statusCode(200).extract().jsonPath();
    assertEquals(first.getString("interventionId"), again.getString("interventionId"));
    assertEquals(first.getList("after"), again.getList("after"));
    request.put("value", 3.0);
    post("/interventions", request).statusCode(409);
    assertEquals(
        "1",
        one("select count(*)::text from intervention where session_id = ?", participant.session()));
  }

  @Test
  void aPreviewIsStoredAndLeavesTheStandingEditsAlone() {
    JsonPath view = viewWithHypothesis();
    edit(view, "preview", "scale", 3.0).statusCode(200).body("kind", is("amplify"));
    state(participant).body("edits", empty()).body("canUndo", is(false));
    JsonPath applied =
        edit(view, "applied", "scale", 0.5)
            .statusCode(200)
            .body("position", is(2))
            .extract()
            .jsonPath();
    state(participant)
        .body("edits", hasSize(1))
        .body("edits[0].value", is(0.5f))
        .body("steered.logit", is(applied.getList("after.logit")));
  }

  @Test
  void undoRestoresTheBaselineToTheLastBitAndRedoComesBack() {
    JsonPath view = viewWithHypothesis();
    JsonPath edited = edit(view, "applied", "suppress", null).extract().jsonPath();
    JsonPath undone = act(view, "undo").statusCode(200).extract().jsonPath();
    assertEquals(view.getList("predictions.logit"), undone.getList("after.logit"));
    assertEquals(List.of(), undone.getList("edits"));
    JsonPath redone = act(view, "redo").statusCode(200).extract().jsonPath();
    assertEquals(edited.getList("after.logit"), redone.getList("after.logit"));
    act(view, "redo").statusCode(409).body("detail", containsString("nothing to redo"));
  }

  @Test
  void resettingALatentTakesItsEditBackAndCountsAsReset() {
    JsonPath view = viewWithHypothesis();
    edit(view, "applied", "suppress", null).statusCode(200);
    post("/interventions", intervention(view, "applied", "reset", latent(view), null, null))
        .statusCode(200)
        .body("kind", is("reset"))
        .body("edits", empty());
  }

  @Test
  void aDoseThatIsNoNumberAndALatentThatDoesNotExistAreRefused() {
    JsonPath view = viewWithHypothesis();
    post("/interventions", intervention(view, "applied", "edit", latent(view), "scale", null))
        .statusCode(422);
    post("/interventions", intervention(view, "applied", "edit", 1_000_000, "suppress", null))
        .statusCode(422)
        .body("detail", containsString("1023"));
  }

  @Test
  void whatAConditionHidesTheServerRefuses() {
    JsonPath view = viewWithHypothesis();
    edit(view, "applied", "add", 1.0).statusCode(403);
    leaveTask1();
    JsonPath second =
        participant
            .post("/steps/task-2/views", Map.of("requestId", UUID.randomUUID(), "target", 1))
            .statusCode(200)
            .body("components[0].examples", empty())
            .extract()
            .jsonPath();
    participant
        .post(
            "/steps/task-2/interventions",
            intervention(second, "applied", "edit", latent(second), "suppress", null))
        .statusCode(403);
    participant
        .post(
            "/steps/task-2/ripple-checks",
            Map.of("requestId", UUID.randomUUID(), "viewId", second.getString("viewId")))
        .statusCode(403);
  }

  @Test
  void aSweepPassesThroughTheBaselineAtDoseOneAndHasAControl() {
    JsonPath view = viewWithHypothesis();
    JsonPath sweep =
        post(
                "/sweeps",
                Map.of(
                    "requestId",
                    UUID.randomUUID(),
                    "viewId",
                    view.getString("viewId"),
                    "latent",
                    latent(view)))
            .statusCode(200)
            .body("doses", hasSize(5))
            .body("control.latent", not(equalTo(latent(view))))
            .extract()
            .jsonPath();
    List<Float> atOne = sweep.getList("doses[2].predictions.logit");
    List<Float> baseline = view.getList("predictions.logit");
    for (int i = 0; i < baseline.size(); i++) {
      assertEquals(baseline.get(i), atOne.get(i), 1e-4);
    }
    state(participant).body("edits", empty());
  }

  @Test
  void aRippleCheckWithoutEditsChangesNoPicture() {
    JsonPath view = viewWithHypothesis();
    post(
            "/ripple-checks",
            Map.of("requestId", UUID.randomUUID(), "viewId", view.getString("viewId")))
        .statusCode(200)
        .body("repaired", is(0))
        .body("broken", is(0))
        .body("flips", empty())
        .body("pictures", greaterThan(10));
  }

  @Test
  void aRippleCheckShowsControlsBesideTheEdit() {
    JsonPath view = viewWithHypothesis();
    edit(view, "applied", "suppress", null).statusCode(200);
    post(
            "/ripple-checks",
            Map.of("requestId", UUID.randomUUID(), "viewId", view.getString("viewId")))
        .statusCode(200)
        .body("edits", hasSize(1))
        .body("ownClass.name", is("boat"))
        .body("controls", hasSize(2))
        .body("controls[0].latents", hasSize(1))
        .body("controls[0].latents[0]", not(equalTo(latent(view))));
  }

  @Test
  void theMeasuredEffectOfRemovingALatentIsTheDifferenceThatSuppressingItMakes() {
    JsonPath view = viewWithHypothesis();
    float effect =
        post(
                "/ablations",
                Map.of(
                    "requestId",
                    UUID.randomUUID(),
                    "viewId",
                    view.getString("viewId"),
                    "latents",
                    List.of(latent(view))))
            .statusCode(200)
            .extract()
            .jsonPath()
            .getFloat("effects[0].effect");
    JsonPath done = edit(view, "applied", "suppress", null).extract().jsonPath();
    assertEquals(contrast(done, "after") - contrast(done, "before"), effect, 1e-3);
  }

  @Test
  void theServerJudgesTheAnswerByWhatStandsInTheModel() throws SQLException {
    JsonPath view = viewWithHypothesis();
    answer("surroundings")
        .statusCode(200)
        .body("success", is(false))
        .body("attemptsLeft", nullValue())
        .body("criteria.find { it.name == 'cause' }.met", is(true))
        .body("criteria.find { it.name == 'repaired' }.met", is(false));
    suppressUntilRepaired(view);
    JsonPath verdict =
        answer("surroundings")
            .statusCode(200)
            .body("attempt", is(2))
            .body("criteria.find { it.name == 'repaired' }.met", is(true))
            .body("criteria.find { it.name == 'ripple' }.found", notNullValue())
            .extract()
            .jsonPath();
    assertEquals(
        verdict.getString("success"),
        one(
            "select success::text from task_outcome where session_id = ? and attempt = 2",
            participant.session()));
  }

  @Test
  void theLastAttemptLeadsOn() {
    leaveTask1();
    participant
        .post("/steps/task-2/outcome", Map.of("requestId", UUID.randomUUID(), "cause", "object"))
        .statusCode(200)
        .body("attemptsLeft", is(1))
        .body("state.step.id", is("task-2"));
    participant
        .post("/steps/task-2/outcome", Map.of("requestId", UUID.randomUUID(), "cause", "object"))
        .statusCode(200)
        .body("attemptsLeft", is(0))
        .body("state.step.id", is("thanks"));
  }

  @Test
  void everyResultNamesWhatItWasComputedFrom() throws SQLException {
    JsonPath view = viewWithHypothesis();
    edit(view, "applied", "suppress", null).statusCode(200);
    answer("object").statusCode(200);
    for (String table : List.of("attribution_view", "intervention", "task_outcome")) {
      assertTrue(
          one(
                  "select concat_ws(' ', model_sha256, sae_sha256, image_sha256, prompts_sha256, script_sha256) from "
                      + table
                      + " where session_id = ? limit 1",
                  participant.session())
              .matches("([0-9a-f]{64} ){4}[0-9a-f]{64}"),
          table);
    }
    assertTrue(view.getString("fingerprints.image").matches("[0-9a-f]{64}"));
    assertTrue(matchesPattern("\\d+").matches(view.getString("fingerprints.engine")));
  }

  private void suppressUntilRepaired(JsonPath view) {
    for (int latent : view.<Integer>getList("components.findAll { it.score > 0 }.latent")) {
      JsonPath done =
          post("/interventions", intervention(view, "applied", "edit", latent, "suppress", null))
              .statusCode(200)
              .extract()
              .jsonPath();
      if (top(done.getList("after")).equals("apple")) {
        return;
      }
    }
    throw new AssertionError("no set of suppressions repaired the picture");
  }

  private void leaveTask1() {
    answer("object").statusCode(200);
    participant.complete("task-1").statusCode(200);
  }

  private ValidatableResponse answer(String cause) {
    return post("/outcome", Map.of("requestId", UUID.randomUUID(), "cause", cause));
  }

  private JsonPath view() {
    return post("/views", Map.of("requestId", UUID.randomUUID(), "target", 1, "contrast", 0))
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private JsonPath viewWithHypothesis() {
    participant.answer("task-1", "hypothesis", "the water around it").statusCode(200);
    return view();
  }

  private ValidatableResponse edit(JsonPath view, String phase, String operation, Double value) {
    return post(
        "/interventions", intervention(view, phase, "edit", latent(view), operation, value));
  }

  private ValidatableResponse act(JsonPath view, String action) {
    return post("/interventions", intervention(view, "applied", action, null, null, null));
  }

  private ValidatableResponse post(String path, Map<String, ?> body) {
    return participant.post(TASK + path, body);
  }

  private static ValidatableResponse state(Participant participant) {
    return participant.get(TASK + "/workbench").statusCode(200);
  }

  private static int latent(JsonPath view) {
    return view.getInt("components[0].latent");
  }

  private static float contrast(JsonPath done, String moment) {
    return done.getFloat(moment + "[1].logit") - done.getFloat(moment + "[0].logit");
  }

  private static String top(List<Map<String, Object>> predictions) {
    return predictions.stream()
        .filter(each -> each.get("rank").equals(1))
        .map(each -> (String) each.get("name"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Object> intervention(
      JsonPath view, String phase, String action, Integer latent, String operation, Double value) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("requestId", UUID.randomUUID());
    request.put("viewId", view.getString("viewId"));
    request.put("phase", phase);
    request.put("action", action);
    request.put("latent", latent);
    request.put("operation", operation);
    request.put("value", value);
    return request;
  }

  private String one(String query, UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next(), query);
        return row.getString(1);
      }
    }
  }
}
