package org.steerstudy.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.steerstudy.study.ScriptException;
import org.steerstudy.study.StudyScript;
import org.steerstudy.study.StudyScripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a study script and names every error at its line and column. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Check a study script. Every error is named with its line and column.")
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The script, for example tasks/my-study/study.yaml")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw CommandException.because("There is no file " + file + ".");
    }
    try {
      String source = read();
      StudyScript script =
          StudyScripts.read(source, file.toString(), Home.folder().resolve("models"));
      spec.commandLine()
          .getOut()
          .printf(
              "%s is valid: study '%s', %d steps, SHA-256 %s%n",
              file, script.slug(), script.steps().size(), StudyScripts.sha256(source));
      return 0;
    } catch (ScriptException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    }
  }

  private String read() throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw CommandException.because(
          file + " is not UTF-8 text. Save it as UTF-8, or check that it is the right file.");
    }
  }
}
