package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The controls of one workbench step. Each call is what one click does in a browser: the request,
 * and the event which says that its result has been painted.
 */
final class Bench {

  private final Visit visit;
  private final String stepId;
  private final Set<String> panels;
  private final Set<String> operations;
  private JsonNode view;
  private boolean repeated;

  Bench(Visit visit, JsonNode step) {
    this.visit = visit;
    this.stepId = step.path("id").asText();
    this.panels = words(step.path("panels"));
    this.operations = words(step.path("operations"));
  }

  /** How much the standing edits broke: in the class wrongly predicted, and over all pictures. */
  record Ripple(double ownClass, double all) {}

  boolean shows(String panel) {
    return panels.contains(panel);
  }

  boolean allows(String operation) {
    return panels.contains("steering") && operations.contains(operation);
  }

  /** Opens an attribution view; later calls refer to it. */
  JsonNode view(int target, Integer contrast) {
    ObjectNode body = visit.request().put("target", target).put("contrast", contrast);
    view = visit.post(stepId, "views", body);
    visit.tally().view();
    painted("view.painted", "viewId", view);
    return view;
  }

  /** Sets one latent; gives the predictions under all standing edits, or those of a preview. */
  JsonNode edit(int latent, String operation, double value, boolean preview) {
    ObjectNode body = intervention("edit", preview).put("latent", latent);
    return intervene(body.put("operation", operation).put("value", value));
  }

  JsonNode reset(int latent) {
    return intervene(intervention("reset", false).put("latent", latent));
  }

  /** One of {@code undo}, {@code redo} and {@code reset-all}. */
  JsonNode act(String action) {
    return intervene(intervention(action, false));
  }

  JsonNode sweep(int latent) {
    ObjectNode body = viewed().put("latent", latent);
    body.putNull("doses");
    JsonNode sweep = visit.post(stepId, "sweeps", body);
    visit.tally().sweep();
    painted("sweep.painted", "measurementId", sweep);
    return sweep;
  }

  /** Removes each latent alone and measures what that does. */
  void ablate(List<Integer> latents) {
    ObjectNode body = viewed();
    ArrayNode array = body.putArray("latents");
    latents.forEach(array::add);
    JsonNode effects = visit.post(stepId, "ablations", body);
    if (effects.path("effects").size() != latents.size()) {
      throw RobotException.broken(
          "%d latents should be removed one by one, but the server says: %s"
              .formatted(latents.size(), effects));
    }
    visit.tally().ablation();
    painted("ablation.painted", "measurementId", effects);
  }

  Ripple ripple() {
    JsonNode check = visit.post(stepId, "ripple-checks", viewed());
    visit.tally().rippleCheck();
    painted("ripple.painted", "measurementId", check);
    return new Ripple(
        check.path("ownClass").path("rippleRate").asDouble(), check.path("rippleRate").asDouble());
  }

  /** Answers the task. */
  JsonNode answer(String cause, String explanation) {
    JsonNode outcome =
        visit.post(
            stepId, "outcome", visit.request().put("cause", cause).put("explanation", explanation));
    visit.tally().attempt();
    visit.tab().record("outcome.painted", stepId, visit.object().put("cause", cause));
    return outcome;
  }

  /** The class that comes first among predictions. */
  static int first(JsonNode predictions) {
    for (JsonNode prediction : predictions) {
      if (prediction.path("rank").asInt() == 1) {
        return prediction.path("prompt").asInt();
      }
    }
    throw RobotException.broken("No prediction comes first in " + predictions);
  }

  private ObjectNode viewed() {
    return visit.request().put("viewId", view.path("viewId").asText());
  }

  private ObjectNode intervention(String action, boolean preview) {
    return viewed().put("phase", preview ? "preview" : "applied").put("action", action);
  }

  private JsonNode intervene(ObjectNode body) {
    JsonNode result = visit.post(stepId, "interventions", body);
    if (!repeated) {
      repeat(body, result);
    }
    boolean preview = "preview".equals(result.path("phase").asText());
    visit.tally().intervention(result.path("kind").asText(), preview);
    painted("intervention.painted", "interventionId", result);
    return result.path("after");
  }

  /** The first request is sent once more, as after a lost answer: it must not count twice. */
  private void repeat(ObjectNode body, JsonNode result) {
    repeated = true;
    JsonNode again = visit.post(stepId, "interventions", body);
    if (!again.path("interventionId").equals(result.path("interventionId"))) {
      throw RobotException.broken(
          "The same request became two interventions: %s and %s".formatted(result, again));
    }
  }

  private void painted(String type, String idName, JsonNode result) {
    visit.tab().record(type, stepId, visit.object().put(idName, result.path(idName).asText()));
  }

  private static Set<String> words(JsonNode array) {
    Set<String> words = new HashSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
