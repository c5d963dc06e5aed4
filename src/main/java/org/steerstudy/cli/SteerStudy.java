package org.steerstudy.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.Optional;
import org.steerstudy.platform.SoftwareVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The commands of {@code ./steerstudy}. Only {@code serve} starts the web application; all others
 * answer without it and are therefore quick.
 */
@QuarkusMain
@Command(
    name = "steerstudy",
    mixinStandardHelpOptions = true,
    versionProvider = SteerStudy.Version.class,
    description =
        "Studies of how people use activation steering: run them, record them, export them.",
    subcommands = {
      ServeCommand.class,
      ValidateCommand.class,
      ExportCommand.class,
      ModelsCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it did not work; the reason is printed",
      "2:the command line is not understood"
    })
public final class SteerStudy implements Runnable {

  @Spec private CommandSpec spec;

  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new SteerStudy())
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              PrintWriter err = command.getErr();
              err.println("steerstudy: " + reason(exception));
              err.flush();
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** People get the reason and what is at its root, one line each; never a stack trace. */
  private static String reason(Throwable exception) {
    Throwable root = exception;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = message(exception);
    return root == exception || message.contains(message(root))
        ? message
        : message + System.lineSeparator() + "  because: " + message(root);
  }

  private static String message(Throwable exception) {
    return Optional.ofNullable(exception.getMessage()).orElse(exception.getClass().getSimpleName());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? See steerstudy --help.");
  }

  /** The version that the build has put into the manifest of the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"SteerStudy " + SoftwareVersion.current()};
    }
  }
}
