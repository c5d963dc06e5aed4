package org.steerstudy.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.Operation;

/**
 * Values that PyTorch, transformers and SAELens computed; the format is documented in {@code
 * analysis/golden/README.md}.
 *
 * @param name of the fixture
 * @param folder to which its paths are relative
 * @param json its {@code golden.json}
 */
public record Golden(String name, Path folder, JsonNode json) {

  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  /** The demo, and small random checkpoints with everything that the demo has not. */
  public static Stream<Golden> all() {
    return Stream.of(
        of("demo", Demo.FOLDER),
        of("random-fp32", ROOT.resolve("random-fp32")),
        of("random-fp16", ROOT.resolve("random-fp16")));
  }

  /** Every fixture with each of its autoencoders. */
  static Stream<Arguments> pairs() {
    return all()
        .flatMap(
            golden -> {
              List<Arguments> pairs = new ArrayList<>();
              golden.json().get("saes").forEach(sae -> pairs.add(Arguments.of(golden, sae)));
              return pairs.stream();
            });
  }

  public Path checkpoint() {
    return folder.resolve(json.get("checkpoint").textValue());
  }

  public byte[] encoded(String picture) {
    return Demo.bytes(folder.resolve(picture));
  }

  public List<String> prompts() {
    List<String> texts = new ArrayList<>();
    json.get("prompts").forEach(prompt -> texts.add(prompt.get("text").textValue()));
    return texts;
  }

  static List<Edit> edits(JsonNode list) {
    List<Edit> edits = new ArrayList<>();
    list.forEach(each -> edits.add(edit(each)));
    return edits;
  }

  static Edit edit(JsonNode node) {
    return new Edit(
        node.get("latent").intValue(),
        Operation.valueOf(node.get("operation").textValue()),
        node.get("value").doubleValue());
  }

  private static Golden of(String name, Path folder) {
    return new Golden(name, folder, Demo.json(ROOT.resolve(name).resolve("golden.json")));
  }

  @Override
  public String toString() {
    return name;
  }
}
