package org.steerstudy.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The demo checkpoint of this repository and the numbers that PyTorch computed from it. */
public final class Demo {

  public static final Path FOLDER = Path.of("models", "demo");
  public static final Path MODEL = FOLDER.resolve("model");
  public static final Path CLS_L4 = FOLDER.resolve("sae-cls-L4");
  public static final Path CLS_L5 = FOLDER.resolve("sae-cls-L5");
  public static final Path PATCH_L3 = FOLDER.resolve("sae-patch-L3");

  private Demo() {}

  public static JsonNode golden() {
    return json(FOLDER.resolve("golden.json"));
  }

  public static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] encoded(String picture) {
    return bytes(FOLDER.resolve("images").resolve(picture));
  }

  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first pictures of the demo in the order of their names. */
  public static List<String> pictures(int count) {
    try (Stream<Path> files = Files.list(FOLDER.resolve("images"))) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(count).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).floatValue();
    }
    return values;
  }

  public static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }
}
