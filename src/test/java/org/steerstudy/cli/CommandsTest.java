package org.steerstudy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see who use the command line, good and bad input. */
class CommandsTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commands = SteerStudy.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    assertEquals(0, run("--help"));
    for (String command : new String[] {"serve", "demo", "validate", "export", "models"}) {
      assertTrue(out.toString().contains(command), command);
    }
    assertTrue(out.toString().contains("Exit codes:"));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().matches("SteerStudy \\d+\\.\\d+\\.\\d+\\S*\\R"), out.toString());
  }

  @Test
  void anUnknownCommandIsExitCodeTwo() {
    assertEquals(2, run("sreve"));
    assertTrue(err.toString().contains("serve"), "suggests what may have been meant");
  }

  @Test
  void noCommandAsksForOne() {
    assertEquals(2, run());
    assertTrue(err.toString().contains("--help"));
  }

  @Test
  void aGoodScriptIsValid() {
    assertEquals(0, run("validate", "src/test/resources/studies/small.yaml"));
    assertTrue(out.toString().contains("is valid: study 'small', 5 steps"), out.toString());
  }

  @Test
  void malformedYamlIsNamedWithLineAndColumn() throws IOException {
    Path script = folder.resolve("study.yaml");
    Files.writeString(script, "format: steerstudy/1\nslug: [unclosed\n");
    assertEquals(1, run("validate", script.toString()));
    assertTrue(err.toString().matches("(?s).*study\\.yaml:\\d+:\\d+: .*"), err.toString());
    assertFalse(err.toString().contains("\tat "), "no stack trace");
  }

  @Test
  void everyErrorOfAScriptIsNamedNotOnlyTheFirst() throws IOException {
    Path script = folder.resolve("study.yaml");
    Files.writeString(
        script,
        Files.readString(Path.of("src/test/resources/studies/small.yaml"))
            .replace("target: cup", "target: cupp")
            .replace("minutes: 5", "minutes: five"));
    assertEquals(1, run("validate", script.toString()));
    assertTrue(err.toString().contains("\"cupp\""), err.toString());
    assertTrue(err.toString().contains("minutes"), err.toString());
  }

  @Test
  void aFileThatIsNoTextIsSaidToBeNone() throws IOException {
    Path picture = folder.resolve("study.yaml");
    Files.write(picture, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0});
    assertEquals(1, run("validate", picture.toString()));
    assertTrue(err.toString().contains("is not UTF-8 text"), err.toString());
  }

  @Test
  void aMissingScriptIsSaidInOneLine() {
    assertEquals(1, run("validate", folder.resolve("nothing.yaml").toString()));
    assertTrue(err.toString().startsWith("steerstudy: There is no file"), err.toString());
  }

  @Test
  void everyModelOfTheDemoCanBeUsed() {
    assertEquals(0, run("models", "list"));
    assertTrue(out.toString().contains("sae-cls-L5"), out.toString());
    assertTrue(out.toString().contains("blocks.5.hook_resid_post"), out.toString());
    assertFalse(out.toString().contains("cannot be used"), out.toString());
  }

  @Test
  void anExportWithoutDataSaysHowToNameTheFolder() {
    assertEquals(
        1,
        run(
            "export",
            "--study",
            "small",
            "--out",
            folder.resolve("out").toString(),
            "--data",
            folder.resolve("no-data").toString()));
    assertTrue(err.toString().contains("--data"), err.toString());
  }

  @Test
  void anExportNeverOverwrites() throws IOException {
    Files.writeString(folder.resolve("something"), "kept");
    assertEquals(1, run("export", "--study", "small", "--out", folder.toString()));
    assertTrue(err.toString().contains("is not empty"), err.toString());
    assertEquals("kept", Files.readString(folder.resolve("something")));
  }

  @Test
  void aSecondServerOnTheSameDataIsRefusedAndToldWhereTheFirstAnswers() {
    try (DataFolder first = DataFolder.own(folder)) {
      first.note("http://127.0.0.1:4711", Optional.of("jdbc:postgresql://localhost:1/postgres"));
      assertEquals(1, run("serve", "--data", folder.toString(), "--port", "0"));
    }
    assertTrue(err.toString().contains("http://127.0.0.1:4711"), err.toString());
    assertTrue(err.toString().contains("--data"), err.toString());
  }

  @Test
  void aReleasedDataFolderCanBeOwnedAgain() {
    DataFolder.own(folder).close();
    assertEquals(Optional.empty(), DataFolder.databaseOfRunning(folder));
    DataFolder.own(folder).close();
  }
}
