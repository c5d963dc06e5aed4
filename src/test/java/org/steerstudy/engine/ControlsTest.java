package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.steerstudy.engine.Refusals.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.concepts.LatentEvidence;
import org.steerstudy.engine.concepts.LatentIndex;
import org.steerstudy.engine.steering.Delta;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.EditSet;
import org.steerstudy.engine.steering.RippleReport;

/** Evidence about latents, ripple checks and their controls, on all pictures of the demo. */
class ControlsTest {

  private static SteeringModel model;
  private static PromptSet prompts;
  private static JsonNode golden;
  private static LatentIndex index;

  @BeforeAll
  static void open() {
    model = SteeringModel.open(Demo.MODEL, Demo.CLS_L5);
    golden = Demo.json(Path.of("src", "test", "resources", "golden", "demo", "golden.json"));
    List<String> texts = new ArrayList<>();
    golden.get("prompts").forEach(prompt -> texts.add(prompt.get("text").textValue()));
    prompts = model.prompts(texts);
    index = LatentIndex.build(model, SteeringModelTest.pictures(model, Integer.MAX_VALUE));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void rippleIsThatOfTheReference() {
    JsonNode outcomes = golden.get("ripple").get("outcomes");
    RippleReport report =
        model.ripple(pictures(outcomes), truths(outcomes), prompts, edits(golden.get("ripple")));
    int broken = 0;
    int right = 0;
    for (int i = 0; i < outcomes.size(); i++) {
      JsonNode expected = outcomes.get(i);
      RippleReport.Outcome found = report.outcomes().get(i);
      assertEquals(expected.get("top_before").intValue(), found.topBefore());
      assertEquals(expected.get("top_after").intValue(), found.topAfter());
      assertEquals(
          expected.get("truth_probability_before").floatValue(),
          found.truthProbabilityBefore(),
          1e-4f);
      assertEquals(
          expected.get("truth_probability_after").floatValue(),
          found.truthProbabilityAfter(),
          1e-4f);
      int truth = expected.get("truth").intValue();
      if (expected.get("top_before").intValue() == truth) {
        right++;
        broken += expected.get("top_after").intValue() == truth ? 0 : 1;
      }
    }
    assertEquals(right, report.rightBefore());
    assertEquals(broken, report.broken());
    assertEquals((double) broken / right, report.rippleRate());
    assertTrue(broken > 0 && report.unchanged() > 0);
  }

  @Test
  void rippleOfNothingBreaksNothing() {
    JsonNode outcomes = golden.get("ripple").get("outcomes");
    RippleReport report = model.ripple(pictures(outcomes), truths(outcomes), prompts, List.of());
    assertEquals(outcomes.size(), report.unchanged());
    assertEquals(0, report.rippleRate());
    assertEquals(
        0, model.ripple(List.of(), new int[0], prompts, List.of()).rippleRate(), "nor no picture");
  }

  @Test
  void ratesWithinAClassCountThatClassOnly() {
    RippleReport report =
        new RippleReport(
            List.of(
                new RippleReport.Outcome("a", 0, 0, 1, 0.9f, 0.1f),
                new RippleReport.Outcome("b", 0, 0, 0, 0.9f, 0.8f),
                new RippleReport.Outcome("c", 1, 1, 1, 0.9f, 0.8f),
                new RippleReport.Outcome("d", 1, 0, 1, 0.1f, 0.8f),
                new RippleReport.Outcome("e", 1, 0, 2, 0.1f, 0.1f)));
    assertEquals(1, report.broken());
    assertEquals(1, report.repaired());
    assertEquals(2, report.unchanged());
    assertEquals(1 / 3.0, report.rippleRate());
    assertEquals(0.5, report.rippleRate(0));
    assertEquals(0, report.rippleRate(1));
    assertEquals(0, report.rippleRate(2));
  }

  @Test
  void evidenceIsThatOfTheReference() {
    assertEquals(golden.get("evidence").get("pictures").intValue(), index.pictures());
    int compared = 0;
    for (JsonNode expected : golden.get("evidence").get("latents")) {
      if (!expected.get("sae").textValue().equals("sae-cls-L5")) {
        continue;
      }
      LatentEvidence found = index.evidence(expected.get("latent").intValue());
      assertEquals(expected.get("frequency").floatValue(), found.frequency(), 1e-6f);
      assertEquals(expected.get("maximum").floatValue(), found.maximum(), 1e-3f);
      assertEquals(found.maximum(), found.tokenMaximum(), "the class token is the only one");
      assertEquals(expected.get("mean_when_active").floatValue(), found.meanWhenActive(), 1e-3f);
      for (int i = 0; i < expected.get("examples").size(); i++) {
        JsonNode example = expected.get("examples").get(i);
        Picture picture = model.picture(encoded(example));
        assertEquals(picture.sha256(), found.examples().get(i).picture());
        assertEquals(
            example.get("activation").floatValue(), found.examples().get(i).activation(), 1e-3f);
      }
      compared++;
    }
    assertTrue(compared > 1);
  }

  @Test
  void aLatentThatIsNeverActiveHasNoEvidence() {
    int dead =
        IntStream.range(0, index.latents())
            .filter(latent -> index.count(latent) == 0)
            .findFirst()
            .orElseThrow();
    assertEquals(new LatentEvidence(dead, 0, 0, 0, 0, List.of()), index.evidence(dead));
    assertRefused(EngineException.Kind.EDIT, "no latent 1024", () -> index.evidence(1024));
  }

  @Test
  void randomDirectionsDisturbEveryTokenByTheSameLength() {
    try (SteeringModel patches = SteeringModel.open(Demo.MODEL, Demo.PATCH_L3)) {
      Picture picture = patches.picture(Demo.encoded("bg_water_00.jpg"));
      var activations = patches.activations(picture);
      Edit edit = Edit.suppress(activations.totals().firstKey());
      EditSet edits = EditSet.of(List.of(edit), patches.sae().latents());
      Delta delta = Delta.of(edits, patches.sae(), activations).orElseThrow();
      Delta random = delta.inRandomDirections(picture.sha256(), 7);
      int width = delta.width();
      for (int from = 0; from < delta.values().length; from += width) {
        assertEquals(
            Math.sqrt(dot(delta, delta, from)), Math.sqrt(dot(random, random, from)), 1e-9);
        assertTrue(
            Math.abs(dot(delta, random, from)) <= 0.4 * dot(delta, delta, from),
            "in another direction");
      }
      assertNotEquals(
          random.values()[0], delta.inRandomDirections("another picture", 7).values()[0]);
    }
  }

  @Test
  void theRandomDirectionIsDecidedBySeedAndPictureOnly() {
    JsonNode outcomes = golden.get("ripple").get("outcomes");
    List<Picture> pictures = pictures(outcomes);
    int[] truths = truths(outcomes);
    List<Edit> edits = edits(golden.get("ripple"));
    RippleReport one = model.rippleRandomDirection(pictures, truths, prompts, edits, 1);
    assertEquals(one, model.rippleRandomDirection(pictures, truths, prompts, edits, 1));
    assertNotEquals(one, model.rippleRandomDirection(pictures, truths, prompts, edits, 2));
    RippleReport last =
        model.rippleRandomDirection(
            pictures.subList(5, 6), new int[] {truths[5]}, prompts, edits, 1);
    assertEquals(
        one.outcomes().get(5).truthProbabilityAfter(),
        last.outcomes().get(0).truthProbabilityAfter(),
        1e-5f);
    assertTrue(
        one.broken() + one.repaired()
            < model.ripple(pictures, truths, prompts, edits).repaired()
                + model.ripple(pictures, truths, prompts, edits).broken(),
        "a meaningless disturbance of the same strength changes fewer pictures");
  }

  @Test
  void matchedLatentsAreOthersThatAreAsMuchAlive() {
    List<Edit> edits = List.of(Edit.scale(989, 0.5), Edit.suppress(573));
    Set<Integer> excluded =
        IntStream.range(0, 500).boxed().collect(Collectors.toCollection(HashSet::new));
    List<Edit> drawn = model.matchedRandomEdits(index, edits, excluded, 3);
    assertEquals(drawn, model.matchedRandomEdits(index, edits, excluded, 3));
    Set<Integer> ever = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      List<Edit> matched = model.matchedRandomEdits(index, edits, excluded, seed);
      for (int i = 0; i < edits.size(); i++) {
        Edit before = edits.get(i);
        Edit after = matched.get(i);
        assertEquals(before.operation(), after.operation());
        assertEquals(before.value(), after.value());
        assertFalse(excluded.contains(after.latent()));
        assertFalse(Set.of(989, 573).contains(after.latent()));
        double ratio = (index.count(after.latent()) + 1.0) / (index.count(before.latent()) + 1);
        assertTrue(ratio > 0.3 && ratio < 3, "about as often active: " + ratio);
        ever.add(after.latent());
      }
      assertEquals(2, new HashSet<>(matched.stream().map(Edit::latent).toList()).size());
    }
    assertTrue(ever.size() > 5, "the seed decides");
    Set<Integer> all = IntStream.range(0, 1024).boxed().collect(Collectors.toSet());
    assertRefused(
        EngineException.Kind.EDIT,
        "No latent is left",
        () -> model.matchedRandomEdits(index, edits, all, 3));
  }

  private static double dot(Delta a, Delta b, int from) {
    double sum = 0;
    for (int i = from; i < from + a.width(); i++) {
      sum += a.values()[i] * b.values()[i];
    }
    return sum;
  }

  private static List<Edit> edits(JsonNode ripple) {
    List<Edit> edits = new ArrayList<>();
    ripple.get("suppressed").forEach(latent -> edits.add(Edit.suppress(latent.intValue())));
    return edits;
  }

  private static List<Picture> pictures(JsonNode outcomes) {
    List<Picture> pictures = new ArrayList<>();
    outcomes.forEach(outcome -> pictures.add(model.picture(encoded(outcome))));
    return pictures;
  }

  private static int[] truths(JsonNode outcomes) {
    return outcomes.findValues("truth").stream().mapToInt(JsonNode::intValue).toArray();
  }

  private static byte[] encoded(JsonNode node) {
    return Demo.bytes(Demo.FOLDER.resolve(node.get("picture").textValue()));
  }
}
