package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptErrorsTest {

  /** What to replace in the right script, by what, where the error stands, and how it reads. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "target: boat",
            "target: baot",
            "baot",
            "steps[2].target: \"baot\" is none of the classes (did you mean \"boat\"?)"),
        mistake(
            "contrast: apple",
            "contrast: dog",
            "dog",
            "steps[2].contrast: \"dog\" is none of the classes (known: boat, apple, cat)"),
        mistake(
            "contrast: apple",
            "contrast: &same boat",
            "&same boat",
            "steps[2].contrast: contrast and target are the same class"),
        mistake(
            "truth: apple",
            "truth: aple",
            "aple\n",
            "steps[2].truth: \"aple\" is none of the classes (did you mean \"apple\"?)"),
        mistake(
            "cause: water",
            "cause: waters",
            "waters",
            "steps[2].success.cause: \"waters\" is none of the options of the answer"
                + " (did you mean \"water\"?)"),
        mistake("minutes: 10", "minuets: 10", "format:", "minutes: the key \"minutes\" is missing"),
        mistake(
            "minutes: 10",
            "minuets: 10",
            "minuets",
            "minuets: the key \"minuets\" is not known here (did you mean \"minutes\"?)"),
        mistake("minutes: 10", "minutes: 0", "0\n", "minutes: 0 is out of range"),
        mistake(
            "minutes: 10",
            "minutes: \"10\"",
            "\"10\"",
            "minutes: expected a whole number, found the quoted text \"10\" (remove the quotes)"),
        mistake("minutes: 10", "minutes: [1]", "[1]", "found a list"),
        mistake("contact: somebody", "contact:\n", "\n\nmodel", "contact: there is no value"),
        mistake(
            "contact: somebody",
            "contact: somebody\ntitle: Again",
            "title: Again",
            "title: the key \"title\" stands here twice, first in line 3 (remove one of them)"),
        mistake(
            "format: steerstudy/1",
            "format: steerstudy/2",
            "steerstudy/2",
            "format: \"steerstudy/2\" is none of steerstudy/1 (did you mean \"steerstudy/1\"?)"),
        mistake(
            "slug: small",
            "slug: A Small Study",
            "A Small Study",
            "slug: \"A Small Study\" is not an id: lower-case letters, digits and hyphens,"
                + " at most 64 (for example a-small-study)"),
        mistake(
            "library: demo",
            "library: ../demo",
            "../demo",
            "model.library: \"../demo\" is not the name of a folder"),
        mistake(
            "image: bg_water_00.jpg",
            "image: ../secret.jpg",
            "../secret.jpg",
            "steps[2].image: \"../secret.jpg\" is not the name of a picture"),
        mistake(
            "type: workbench",
            "type: workbnech",
            "workbnech",
            "steps[2].type: \"workbnech\" is none of consent, text, workbench, questionnaire,"
                + " debrief (did you mean \"workbench\"?)"),
        mistake(
            "type: likert",
            "type: lickert",
            "lickert",
            "steps[1].items[2].type: \"lickert\" is none of"),
        mistake(
            "id: questions",
            "id: consent # again",
            "consent # again",
            "steps[1].id: \"consent\" is already used by the entry in line 9 (each must differ)"),
        mistake(
            "id: tools",
            "id: role # again",
            "role # again",
            "steps[1].items[1].id: \"role\" is already used by the entry in line 20"),
        mistake(
            "{ id: b, text: B }",
            "{ id: b, text: B, or not }",
            "or not",
            "steps[1].items[0].options[1].or not: the key \"or not\" is not known here"
                + " (a text with a comma needs quotes inside { })"),
        mistake(
            "{ id: d, text: D }",
            "{ id: c, text: D }",
            "c, text: D",
            "steps[1].items[1].options[1].id: \"c\" is already used by"),
        mistake(
            "options: [{ id: a, text: A }, { id: b, text: B }]",
            "options: [{ id: a, text: A }]",
            "[{ id: a, text: A }]",
            "steps[1].items[0].options: there is only one option (add at least a second)"),
        mistake(
            "options: [{ id: a, text: A }, { id: b, text: B }]",
            "options: []",
            "[]",
            "steps[1].items[0].options: the list is empty"),
        mistake("points: 7", "points: 70", "70,", "steps[1].items[2].points: 70 is out of range"),
        mistake(
            "min: 0, max: 100",
            "min: 10, max: 3",
            "3 }",
            "steps[1].items[3].max: 3.0 is not above min, which is 10.0"),
        mistake(
            "min: 0, max: 100",
            "min: 0, max: 1, step: 0",
            "0 }\n      - { id: years",
            "steps[1].items[3].step: the step 0.0 is not above 0"),
        mistake(
            "doses: [-1, 0, 1.5]",
            "doses: [0, .nan]",
            ".nan",
            "steps[2].doses[1]: expected a number, found \".nan\""),
        mistake(
            "doses: [-1, 0, 1.5]",
            "doses: [0, 1e999]",
            "1e999",
            "steps[2].doses[1]: expected a number, found \"1e999\""),
        mistake(
            "doses: [-1, 0, 1.5]",
            "doses: [1.5, 0.5]",
            "0.5]",
            "steps[2].doses[1]: 0.5 is not above the dose before it (sort them ascending)"),
        mistake(
            "doses: [-1, 0, 1.5]",
            "doses: []",
            "[]",
            "steps[2].doses: the panel sweep needs at least one dose"),
        mistake(
            "template: a photo of a {}",
            "template: a photo",
            "a photo\n",
            "steps[2].prompts.template: the template must hold {} exactly once"),
        mistake(
            "template: a photo of a {}",
            "template: \"{} and {}\"",
            "\"{} and {}\"",
            "steps[2].prompts.template: the template must hold {} exactly once"),
        mistake(
            "        - cat\n",
            "        - boat # again\n",
            "boat # again",
            "steps[2].prompts.classes[2]: \"boat\" is already used by"),
        mistake(
            "panels: [ripple, attribution, steering, sweep]",
            "panels: [ripple, attributions, steering, sweep]",
            "attributions",
            "steps[2].panels[1]: \"attributions\" is none of attribution, examples, steering,"
                + " sweep, ripple, history (did you mean \"attribution\"?)"),
        mistake(
            "panels: [ripple, attribution, steering, sweep]",
            "panels: [ripple, attribution, sweep]",
            "[suppress, scale]",
            "steps[2].operations: without the panel steering nothing can be edited"),
        mistake(
            "panels: [ripple, attribution, steering, sweep]",
            "panels: [ripple, attribution, sweep]",
            "true\n      ripple",
            "steps[2].success.repaired: nothing can be repaired without the panel steering"),
        mistake(
            "operations: [suppress, scale]",
            "operations: [suppress, suppress]",
            "suppress]",
            "steps[2].operations[1]: \"suppress\" is already used by"),
        mistake(
            "hypothesis: required",
            "hypothesis: mandatory",
            "mandatory",
            "steps[2].ask.hypothesis: \"mandatory\" is none of required, optional, off"),
        mistake(
            "atMost: 0.05",
            "atMost: 5",
            "5, ownClass",
            "steps[2].success.ripple.atMost: 5.0 is no rate (a number from 0 to 1)"),
        mistake(
            "repaired: true",
            "repaired: yes",
            "yes\n",
            "steps[2].success.repaired: expected true or false, found \"yes\""),
        mistake(
            "required: true }",
            "required: false }",
            "- { id: agree-v1",
            "steps[0].items: no statement is required, so nobody has to agree"),
        mistake("text: Please read.", "text: \"  \"", "\"  \"", "steps[0].text: the text is empty"),
        mistake(
            "type: consent",
            "type: text",
            "text\n    title: Consent",
            "steps[0].type: the first step must be the consent (put a consent step before it)"),
        mistake(
            "type: debrief",
            "type: text",
            "- id: consent",
            "steps: the debrief is missing (add a step of type debrief at the end)"),
        mistake(
            "text: It was the water.\n",
            "text: It was.\n  - { id: more, type: text, title: More, text: More. }\n",
            "debrief",
            "steps[3].type: the debrief must be the last step (move it down)"),
        mistake(
            "text: It was the water.\n",
            "text: It was.\n  - { id: more, type: debrief, title: More, text: More. }\n",
            "debrief, title",
            "steps[4].type: a study has only one debrief"),
        mistake(
            "text: It was the water.\n",
            "text: { a: b }\n",
            "{ a: b }",
            "steps[3].text: expected text, found keys with values"),
        mistake(
            "  - id: end",
            "  - nothing\n  - id: end",
            "nothing",
            "steps[3]: expected keys with values, found \"nothing\""));
  }

  private static Arguments mistake(String piece, String replacement, String at, String error) {
    return Arguments.of(piece, replacement, at, error);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void aMistakeIsNamedAtItsPlace(String piece, String replacement, String at, String error) {
    String source = ScriptText.with(piece, replacement);
    String expected = "small.yaml:" + ScriptText.placeOf(at, source) + ": ";
    String message = refusal(source).getMessage();
    assertTrue(
        message.lines().anyMatch(line -> line.startsWith(expected) && line.contains(error)),
        "expected " + expected + error + "\nbut got\n" + message);
  }

  @Test
  void allMistakesAreReportedAtOnceInTheOrderOfTheText() {
    String source =
        ScriptText.with("target: boat", "target: bot")
            .replace("minutes: 10", "minutes: ten")
            .replace("points: 7", "points: many")
            .replace("attempts: 2", "attempt: 2");
    List<String> paths = refusal(source).errors().stream().map(ScriptError::path).toList();
    assertEquals(
        List.of("minutes", "steps[1].items[2].points", "steps[2].target", "steps[2].attempt"),
        paths);
  }

  @Test
  void malformedYamlIsNamedAtItsPlace() {
    String source = ScriptText.with("title: A small study", "title: Small: a study");
    ScriptError error = onlyError(source);
    assertEquals("3:13", error.line() + ":" + error.column());
    assertTrue(error.message().contains("mapping values are not allowed here"), error.message());
    assertEquals("a text that contains a colon needs quotes", error.suggestion());
  }

  @Test
  void aTabInTheIndentationIsNamed() {
    String source = ScriptText.with("    title: Consent", "\ttitle: Consent");
    ScriptError error = onlyError(source);
    assertEquals(11, error.line());
    assertEquals("indent with spaces, not with tabs", error.suggestion());
  }

  @Test
  void aCharacterThatYamlForbidsIsNamedAtItsPlace() {
    String source = ScriptText.with("One of each.", "One \u0007of each.");
    ScriptError error = onlyError(source);
    assertEquals("4:14", error.line() + ":" + error.column());
    assertTrue(error.message().contains("U+0007"), error.message());
  }

  @Test
  void anEmptyScriptIsRefused() {
    assertEquals("the script is empty", onlyError("# nothing\n").message());
  }

  @Test
  void aScriptThatIsAListIsRefused() {
    assertTrue(onlyError("- a\n").message().startsWith("expected keys with values"));
  }

  @Test
  void secondDocumentsAreRefused() {
    ScriptError error = onlyError(ScriptText.VALID + "---\nformat: steerstudy/1\n");
    assertTrue(error.line() >= ScriptText.VALID.lines().count(), error.toString());
  }

  @Test
  void aScriptOfMoreThanOneMegabyteIsRefused() {
    String source = ScriptText.VALID + "# " + "x".repeat(YamlSource.MAX_BYTES);
    assertTrue(onlyError(source).message().contains("bytes, more than the 1048576 allowed"));
  }

  @Test
  void aliasesThatMultiplyAreRefusedWhereTheyBeginToBeTooMany() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int level = 1; level <= 9; level++) {
      String before = "*a" + (level - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(level, level, String.join(", ", Collections.nCopies(10, before))));
    }
    ScriptError error = onlyError(bomb.toString());
    assertEquals(7, error.line());
    assertEquals("more than 50 aliases (*name)", error.message());
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    assertTrue(refusal("steps: &a [*a]\n").getMessage().contains("steps[0]: expected keys"));
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "a: " + "[".repeat(5000) + "]".repeat(5000);
    assertTrue(onlyError(deep).message().contains("nested deeper than 20"));
  }

  @Test
  void tagsAreRefusedSoThatNoObjectIsEverMade() {
    String source =
        ScriptText.with("contact: somebody", "contact: !!javax.script.ScriptEngineManager [x]");
    ScriptError error = onlyError(source);
    assertEquals("6:10", error.line() + ":" + error.column());
    assertTrue(error.message().contains("javax.script.ScriptEngineManager"), error.message());
  }

  private static ScriptException refusal(String source) {
    return assertThrows(ScriptException.class, () -> StudyScripts.read(source, "small.yaml"));
  }

  private static ScriptError onlyError(String source) {
    List<ScriptError> errors = refusal(source).errors();
    assertEquals(1, errors.size(), errors.toString());
    return errors.get(0);
  }
}
