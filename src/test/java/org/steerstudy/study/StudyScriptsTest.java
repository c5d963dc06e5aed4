package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StudyScriptsTest {

  private final StudyScript script = StudyScripts.read(ScriptText.VALID, "small.yaml");

  @Test
  void theStudyItselfIsRead() {
    assertEquals("small", script.slug());
    assertEquals("A small study", script.title());
    assertEquals(10, script.minutes());
    assertEquals(new ModelChoice("demo", "sae-cls-L5"), script.model());
    assertEquals(
        List.of("consent", "questions", "task", "end"),
        script.steps().stream().map(Step::id).toList());
  }

  @Test
  void aStatementIsRequiredUnlessTheScriptSaysOtherwise() {
    ConsentStep consent = assertInstanceOf(ConsentStep.class, script.steps().get(0));
    assertEquals(
        List.of(
            new ConsentItem("agree-v1", "I agree.", true),
            new ConsentItem("publish-v1", "You may publish.", false)),
        consent.items());
  }

  @Test
  void everyTypeOfQuestionIsRead() {
    QuestionnaireStep questions =
        assertInstanceOf(QuestionnaireStep.class, script.step("questions").orElseThrow());
    assertEquals(
        List.of(
            new Item.Choice(
                "role", "Your role?", true, List.of(new Option("a", "A"), new Option("b", "B"))),
            new Item.Multiple(
                "tools",
                "Which tools?",
                false,
                List.of(new Option("c", "C"), new Option("d", "D"))),
            new Item.Likert("agreement", "Agree?", true, 7, "no", "yes"),
            new Item.Slider("sure", "How sure?", true, 0, 100, 1, "", ""),
            new Item.Numeric("years", "Years?", true, 0.0, null),
            new Item.ShortText("name", "A word?", true),
            new Item.LongText("story", "A story?", true)),
        questions.items());
    assertEquals("", questions.text());
  }

  @Test
  void aClassMayBringItsOwnTextForTheSakeOfItsArticle() {
    Prompts prompts = task().prompts();
    assertEquals(List.of("boat", "apple", "cat"), prompts.classes());
    assertEquals(
        List.of("a photo of a boat", "a photo of an apple", "a photo of a cat"), prompts.texts());
    assertEquals(1, prompts.indexOf("apple"));
    assertEquals(-1, prompts.indexOf("dog"));
  }

  @Test
  void theWorkbenchStepIsReadWhole() {
    WorkbenchStep task = task();
    assertEquals("bg_water_00.jpg", task.image());
    assertEquals("boat", task.target());
    assertEquals("apple", task.contrast());
    assertEquals("apple", task.truth());
    assertEquals(
        Set.of(Panel.ATTRIBUTION, Panel.STEERING, Panel.SWEEP, Panel.RIPPLE), task.panels());
    assertEquals(Set.of(OperationName.SUPPRESS, OperationName.SCALE), task.operations());
    assertEquals(List.of(-1.0, 0.0, 1.5), task.doses());
    assertEquals(2, task.attempts());
    assertEquals(Ask.OPTIONAL, task.answer().explanation());
    assertEquals(
        new Success("water", true, new RippleLimit(List.of("reference", "aligned"), 0.05, 0.5)),
        task.success());
  }

  @Test
  void theWordOffIsNotTakenForATruthValue() {
    assertEquals(new Asks(Ask.REQUIRED, Ask.OFF, Ask.OFF), task().ask());
  }

  @Test
  void withoutContrastTheTargetAloneIsExplained() {
    String source = ScriptText.with("    contrast: apple\n", "");
    WorkbenchStep task =
        (WorkbenchStep) StudyScripts.read(source, "small.yaml").step("task").orElseThrow();
    assertNull(task.contrast());
  }

  @Test
  void panelsKeepTheirOrderWhateverTheScriptSays() {
    assertEquals(
        List.of(Panel.ATTRIBUTION, Panel.STEERING, Panel.SWEEP, Panel.RIPPLE),
        List.copyOf(task().panels()));
  }

  @Test
  void aScriptSurvivesTheWayThroughJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    String written = json.writeValueAsString(script);
    assertEquals(script, json.readValue(written, StudyScript.class));
    assertTrue(written.contains("\"type\":\"workbench\""), written);
    assertTrue(written.contains("\"panels\":[\"attribution\",\"steering\""), written);
    assertTrue(written.contains("\"type\":\"number\""), written);
  }

  @Test
  void everyChangeOfTheTextChangesItsHash() {
    assertEquals(64, StudyScripts.sha256(ScriptText.VALID).length());
    assertNotEquals(
        StudyScripts.sha256(ScriptText.VALID),
        StudyScripts.sha256(ScriptText.with("minutes: 10", "minutes: 11")));
  }

  private WorkbenchStep task() {
    return (WorkbenchStep) script.step("task").orElseThrow();
  }
}
