package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryCheckTest {

  private static final Path MODELS = Path.of("models");

  /** The ripple pictures show 30 classes; the small script has three of them. */
  private static final String NO_RIPPLE =
      ScriptText.VALID.replaceAll("(?m)^ *ripple: \\{.*\\n", "");

  @Test
  void aScriptThatFitsItsLibraryIsRead() {
    assertEquals("small", StudyScripts.read(NO_RIPPLE, "small.yaml", MODELS).slug());
  }

  @Test
  void anUnknownLibraryIsNamedAtItsPlace() {
    assertRefused(
        "library: demo",
        "library: dema",
        "dema",
        "model.library: there is no model library \"dema\" (did you mean \"demo\"?)");
  }

  @Test
  void anUnknownAutoencoderIsNamedWithTheNearest() {
    assertRefused(
        "sae: sae-cls-L5",
        "sae: sae-cls-L6",
        "sae-cls-L6",
        "model.sae: the library \"demo\" has no sparse autoencoder \"sae-cls-L6\"");
  }

  @Test
  void anUnknownPictureIsNamedWithTheNearest() {
    assertRefused(
        "image: bg_water_00.jpg",
        "image: bg_watr_00.jpg",
        "bg_watr_00.jpg",
        "steps[2].image: the library has no picture \"bg_watr_00.jpg\""
            + " (did you mean \"bg_water_00.jpg\"?)");
  }

  @Test
  void aTruthThatTheLibraryDeniesIsNamed() {
    assertRefused(
        "truth: apple",
        "truth: cat",
        "cat\n    panels",
        "steps[2].truth: the library says that bg_water_00.jpg shows \"apple\""
            + " (write truth: apple)");
  }

  @Test
  void unknownKindsOfPicturesAreNamed() {
    String source = ScriptText.with("kinds: [reference, aligned]", "kinds: [task, alined]");
    String message = refusal(source).getMessage();
    assertTrue(
        message.contains(
            "small.yaml:"
                + ScriptText.placeOf("alined", source)
                + ": steps[2].success.ripple.kinds[1]: the library has no pictures of kind"
                + " \"alined\" (did you mean \"aligned\"?)"),
        message);
  }

  @Test
  void ripplePicturesOfClassesWithoutPromptAreNamed() {
    String message = refusal(ScriptText.VALID).getMessage();
    assertTrue(
        message.contains("classes that are not among the prompts: ball, bear, bee"), message);
  }

  @Test
  void aScriptReadBeforeIsCheckedWithPathsButWithoutLines() {
    StudyScript script = StudyScripts.read(NO_RIPPLE.replace("demo", "demi"), "small.yaml");
    List<ScriptError> errors = StudyScripts.check(script, MODELS);
    assertEquals(
        List.of(
            "small.yaml: model.library: there is no model library \"demi\""
                + " (did you mean \"demo\"?)"),
        errors.stream().map(error -> error.format("small.yaml")).toList());
    assertEquals(List.of(), StudyScripts.check(StudyScripts.read(NO_RIPPLE, "x"), MODELS));
  }

  private static void assertRefused(String piece, String replacement, String at, String error) {
    ScriptText.with(piece, replacement);
    String source = NO_RIPPLE.replace(piece, replacement);
    String message = refusal(source).getMessage();
    assertTrue(
        message.startsWith("small.yaml:" + ScriptText.placeOf(at, source) + ": " + error), message);
  }

  private static ScriptException refusal(String source) {
    return assertThrows(
        ScriptException.class, () -> StudyScripts.read(source, "small.yaml", MODELS));
  }
}
