package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How a robot works on one workbench step: look, believe, try every control, repair, answer. */
final class WorkbenchRobot {

  private static final int LOOKED_AT = 5;
  private static final double[] SLIDER = {0.75, 0.5, 0.25};

  private final Visit visit;
  private final RobotScript script;
  private final FormAnswers forms;
  private final JsonNode step;
  private final String stepId;
  private final Bench bench;

  WorkbenchRobot(Visit visit, RobotScript script, FormAnswers forms, JsonNode step) {
    this.visit = visit;
    this.script = script;
    this.forms = forms;
    this.step = step;
    this.stepId = step.path("id").asText();
    this.bench = new Bench(visit, step);
  }

  /** Works until the task is solved or no attempt is left, and leaves the step. */
  void work() {
    visit.browser().bytes(step.path("image").path("url").asText());
    int target = step.path("target").asInt();
    Integer contrast = step.hasNonNull("contrast") ? step.get("contrast").asInt() : null;
    List<Integer> ranked = bench.shows("attribution") ? look(target, contrast) : List.of();
    state("before");
    List<RepairSearch.Repair> repairs = List.of();
    RepairSearch search = null;
    if (!ranked.isEmpty() && bench.allows("suppress")) {
      tryControls(ranked);
      Predicate<JsonNode> repaired =
          predictions ->
              contrast == null
                  ? Bench.first(predictions) != target
                  : Bench.first(predictions) == contrast;
      search = new RepairSearch(bench, ranked, repaired);
      repairs = search.search();
    }
    state("after");
    visit.tab().flush();
    answer(search, repairs);
  }

  /** Looks at the target alone, then as the step compares it. */
  private List<Integer> look(int target, Integer contrast) {
    JsonNode view = bench.view(target, null);
    return speakingFor(contrast == null ? view : bench.view(target, contrast));
  }

  /** Latents with a positive attribution, strongest first; the order is the server's. */
  private static List<Integer> speakingFor(JsonNode view) {
    List<Integer> latents = new ArrayList<>();
    for (JsonNode component : view.path("components")) {
      if (component.path("score").asDouble() > 0) {
        latents.add(component.path("latent").asInt());
      }
    }
    return latents;
  }

  /** Says what it believes and how sure it is, where the step asks for it. */
  private void state(String when) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    JsonNode ask = step.path("ask");
    if (when.equals("before") && asked(ask, "hypothesis")) {
      values.put("hypothesis", TextNode.valueOf("A robot believes what is strongest."));
    }
    if (asked(ask, "confidence")) {
      values.put("confidence-" + when, forms.percentage());
    }
    if (asked(ask, "trust")) {
      values.put("trust-" + when, forms.percentage());
    }
    visit.answer(stepId, values);
  }

  private static boolean asked(JsonNode ask, String what) {
    String value = ask.path(what).asText("off");
    return value.equals("required") || value.equals("optional");
  }

  /** Every control once, and everything put back at the end. */
  private void tryControls(List<Integer> ranked) {
    List<Integer> top = ranked.subList(0, Math.min(LOOKED_AT, ranked.size()));
    int strongest = top.get(0);
    bench.ablate(top);
    top.forEach(latent -> bench.edit(latent, "suppress", 0, false));
    bench.act("reset-all");
    if (bench.allows("scale")) {
      for (double multiple : SLIDER) {
        bench.edit(strongest, "scale", multiple, true);
      }
      bench.edit(strongest, "scale", 2, false);
      if (bench.shows("history")) {
        bench.act("undo");
        bench.act("redo");
      }
      bench.reset(strongest);
    }
    if (bench.shows("sweep")) {
      bench.sweep(strongest);
    }
    if (bench.shows("ripple")) {
      bench.ripple();
    }
  }

  /**
   * Answers with the least harmful repair; after a refusal takes the next cause or the next repair,
   * whichever was refused, and goes on without a solution when nothing is left to try.
   */
  private void answer(RepairSearch search, List<RepairSearch.Repair> repairs) {
    List<String> causes = causes();
    int cause = 0;
    int repair = 0;
    while (cause < causes.size() && repair < Math.max(1, repairs.size())) {
      if (!repairs.isEmpty()) {
        search.apply(repairs.get(repair).latents());
      }
      JsonNode outcome = bench.answer(causes.get(cause), explanation());
      if (outcome.path("success").asBoolean()) {
        visit.tally().task(true);
        return;
      }
      if (outcome.path("attemptsLeft").isInt() && outcome.path("attemptsLeft").asInt() == 0) {
        visit.tally().task(false);
        return;
      }
      boolean causeMet = met(outcome, "cause");
      cause += causeMet ? 0 : 1;
      repair += causeMet || !othersMet(outcome) ? 1 : 0;
    }
    visit.complete(stepId, Map.of());
    visit.tally().task(false);
  }

  private List<String> causes() {
    String known = script.causes().get(stepId);
    if (known != null) {
      return List.of(known);
    }
    List<String> options = new ArrayList<>();
    step.path("answer").path("options").forEach(option -> options.add(option.path("id").asText()));
    return options;
  }

  private String explanation() {
    boolean asked = !step.path("answer").path("explanation").asText("off").equals("off");
    return asked ? "Suppressing the strongest latents changed the prediction." : null;
  }

  private static boolean met(JsonNode outcome, String name) {
    for (JsonNode criterion : outcome.path("criteria")) {
      if (criterion.path("name").asText().equals(name)) {
        return criterion.path("met").asBoolean();
      }
    }
    return true;
  }

  private static boolean othersMet(JsonNode outcome) {
    for (JsonNode criterion : outcome.path("criteria")) {
      if (!criterion.path("name").asText().equals("cause") && !criterion.path("met").asBoolean()) {
        return false;
      }
    }
    return true;
  }
}
