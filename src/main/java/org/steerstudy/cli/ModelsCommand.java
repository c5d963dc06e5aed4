package org.steerstudy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.SteeringModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the model libraries hold. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Look at the model libraries.",
    subcommands = ModelsCommand.ListCommand.class)
final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which command? See steerstudy models --help.");
  }

  /** Opens every pair of checkpoint and autoencoder, so that what is listed as usable is usable. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "List every checkpoint with its sparse autoencoders, opened and checked. Exit code 1 when"
              + " one cannot be used.")
  static final class ListCommand implements Callable<Integer> {

    private static final int SHOWN_DIGITS = 12;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<Path> libraries = folders(Home.folder().resolve("models"), "model");
      if (libraries.isEmpty()) {
        out.println("No model library in " + Home.folder().resolve("models") + ".");
        return 0;
      }
      boolean allUsable = true;
      for (Path library : libraries) {
        out.println(library.getFileName());
        for (Path sae : folders(library, "cfg.json")) {
          allUsable &= describe(library, sae, out);
        }
      }
      return allUsable ? 0 : 1;
    }

    private static boolean describe(Path library, Path sae, PrintWriter out) {
      try (SteeringModel model = SteeringModel.open(library.resolve("model"), sae)) {
        out.printf(
            "  %-16s %-26s %-7s %6d latents   model %s   sae %s%n",
            sae.getFileName(),
            model.sae().hookPoint(),
            model.sae().tokens().name().toLowerCase(Locale.ROOT),
            model.sae().latents(),
            model.clip().fingerprint().substring(0, SHOWN_DIGITS),
            model.sae().fingerprint().substring(0, SHOWN_DIGITS));
        return true;
      } catch (EngineException e) {
        out.printf("  %-16s cannot be used: %s%n", sae.getFileName(), e.getMessage());
        return false;
      }
    }

    private static List<Path> folders(Path parent, String holding) throws IOException {
      if (!Files.isDirectory(parent)) {
        return List.of();
      }
      try (Stream<Path> children = Files.list(parent)) {
        return children.filter(child -> Files.exists(child.resolve(holding))).sorted().toList();
      }
    }
  }
}
