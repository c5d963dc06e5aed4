package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/scripts.md shows is what the reader does. */
class ScriptDocumentationTest {

  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private final String page = read();

  @Test
  void theExampleIsAScriptThatFitsTheDemoLibrary() {
    Matcher example = EXAMPLE.matcher(page);
    assertTrue(example.find());
    StudyScript script = StudyScripts.read(example.group(1), "docs/scripts.md", Path.of("models"));
    assertEquals(4, script.steps().size());
  }

  @Test
  void everyPanelOperationAndTypeIsNamed() {
    for (Panel panel : Panel.values()) {
      assertTrue(page.contains("`" + panel.key() + "`"), panel.key());
    }
    for (OperationName operation : OperationName.values()) {
      assertTrue(page.contains("`" + operation.key() + "`"), operation.key());
    }
    for (Class<?> item : Item.class.getPermittedSubclasses()) {
      String type = item.getSimpleName();
      String name =
          type.equals("Numeric")
              ? "number"
              : type.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      assertTrue(page.contains("| `" + name + "` |"), name);
    }
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/scripts.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
