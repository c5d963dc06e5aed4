package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The study that ships with the software, against the library and the evidence that ship too. */
class DemoStudyTest {

  private static final Path FOLDER = Path.of("tasks/attribution-to-action");

  /** What was planted; no participant may read it before the debrief. */
  private static final Pattern PLANTED =
      Pattern.compile(
          "water|sea\\b|percent|\\btag|credit|label|shortcut|plant", Pattern.CASE_INSENSITIVE);

  private static StudyScript script;

  @BeforeAll
  static void read() throws IOException {
    script =
        StudyScripts.read(
            Files.readString(FOLDER.resolve("study.yaml")), "study.yaml", Path.of("models"));
  }

  @Test
  void theModelReadsThePromptsOfTheGoldenValues() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(Path.of("models/demo/golden.json").toFile());
    List<String> texts = new ArrayList<>();
    golden.get("class_prompts").forEach(text -> texts.add(text.asText()));
    for (WorkbenchStep task : tasks()) {
      assertEquals(texts, task.prompts().texts(), task.id());
    }
  }

  @Test
  void theLibrarySaysThatTheModelMistakesEachPictureForTheTarget() {
    PictureCatalog catalog = PictureCatalog.read(Path.of("models/demo"));
    for (WorkbenchStep task : tasks()) {
      assertEquals(task.target(), catalog.find(task.image()).orElseThrow().predicted());
    }
  }

  @Test
  void nothingBeforeTheDebriefNamesWhatWasPlanted() {
    for (Step step : script.steps()) {
      if (!(step instanceof DebriefStep)) {
        assertFalse(PLANTED.matcher(shownBy(step)).find(), () -> step.id() + ": " + shownBy(step));
      }
    }
    assertTrue(PLANTED.matcher(shownBy(script.steps().get(script.steps().size() - 1))).find());
  }

  @Test
  void everyTaskOffersTheSameCausesInTheSameOrder() {
    assertEquals(1, tasks().stream().map(WorkbenchStep::answer).distinct().count());
    assertEquals(
        List.of("mark", "surroundings", "mark", "word"),
        tasks().stream().map(task -> task.success().cause()).toList());
  }

  @Test
  void everyTaskCanBeSolvedBySuppressingLatentsFromTheTopOfTheRanking() throws IOException {
    for (WorkbenchStep task : tasks()) {
      assertTrue(
          edits(task).stream()
              .anyMatch(edit -> edit.get("ranks").matches("1|1 2") && accepted(edit, task)),
          task.id());
    }
  }

  @Test
  void everyRealTaskRefusesToSuppressEverythingThatSpeaksForTheWrongClass() throws IOException {
    for (WorkbenchStep task : tasks()) {
      if (!task.id().equals("practice")) {
        List<CSVRecord> edits = edits(task);
        CSVRecord longest = edits.get(edits.size() - 1);
        assertEquals("1", longest.get("repaired"), task.id());
        assertFalse(accepted(longest, task), task.id());
      }
    }
  }

  private static boolean accepted(CSVRecord edit, WorkbenchStep task) {
    RippleLimit limit = task.success().ripple();
    return edit.get("repaired").equals("1")
        && rate(edit, "broken", "right") <= limit.atMost()
        && rate(edit, "broken_own", "right_own") <= limit.ownClassAtMost();
  }

  private static double rate(CSVRecord edit, String broken, String right) {
    return Double.parseDouble(edit.get(broken)) / Double.parseDouble(edit.get(right));
  }

  private static List<CSVRecord> edits(WorkbenchStep task) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(FOLDER.resolve("evidence/edits.csv"))) {
      return format.parse(reader).stream()
          .filter(edit -> edit.get("file").equals(task.image()))
          .toList();
    }
  }

  private static List<WorkbenchStep> tasks() {
    return script.steps().stream()
        .filter(WorkbenchStep.class::isInstance)
        .map(WorkbenchStep.class::cast)
        .toList();
  }

  private static String shownBy(Step step) {
    if (step instanceof ConsentStep consent) {
      return join(consent, consent.text(), consent.items().toString());
    }
    if (step instanceof TextStep text) {
      return join(text, text.text());
    }
    if (step instanceof QuestionnaireStep questions) {
      return join(questions, questions.text(), questions.items().toString());
    }
    if (step instanceof WorkbenchStep task) {
      return join(task, task.task(), task.prompts().toString(), task.answer().question());
    }
    return join(step, ((DebriefStep) step).text());
  }

  private static String join(Step step, String... texts) {
    return step.id() + " " + step.title() + " " + String.join(" ", texts);
  }
}
