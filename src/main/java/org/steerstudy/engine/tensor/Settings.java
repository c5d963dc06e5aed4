package org.steerstudy.engine.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.steerstudy.engine.EngineException;

/**
 * A JSON object of settings that knows which file it comes from, so that every refusal names the
 * file and the key. {@code null} counts as absent, as it does in the configurations of Hugging
 * Face.
 */
public final class Settings {

  private static final int MOST_BYTES = 4 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final EngineException.Kind kind;
  private final String prefix;
  private final JsonNode node;

  private Settings(Path file, EngineException.Kind kind, String prefix, JsonNode node) {
    this.file = file;
    this.kind = kind;
    this.prefix = prefix;
    this.node = node;
  }

  /**
   * Reads a file.
   *
   * @throws EngineException of the given kind when it is missing, longer than four megabytes, or
   *     not one JSON object
   */
  public static Settings read(Path file, EngineException.Kind kind) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw EngineException.file(kind, file, "the file is missing.", e);
    } catch (IOException e) {
      throw EngineException.file(kind, file, "the file cannot be read.", e);
    }
    if (bytes.length > MOST_BYTES) {
      throw EngineException.file(kind, file, "a configuration of this size is not accepted.");
    }
    try {
      JsonNode root = JSON.readTree(bytes);
      if (!root.isObject()) {
        throw EngineException.file(kind, file, "the file is not a JSON object.");
      }
      return new Settings(file, kind, "", root);
    } catch (JsonProcessingException e) {
      throw EngineException.file(
          kind, file, "the file is not valid JSON (" + e.getOriginalMessage() + ").", e);
    } catch (IOException e) {
      throw EngineException.file(kind, file, "the file cannot be decoded.", e);
    }
  }

  /** The object under a key; empty when the key is absent. */
  public Settings object(String key) {
    JsonNode child = node.path(key);
    if (absent(child)) {
      child = JsonNodeFactory.instance.objectNode();
    } else if (!child.isObject()) {
      throw invalid(key, "an object");
    }
    return new Settings(file, kind, prefix + key + ".", child);
  }

  /** These settings with those of another object laid over them. */
  public Settings overlaidWith(Settings other) {
    ObjectNode merged = ((ObjectNode) node).deepCopy();
    merged.setAll((ObjectNode) other.node);
    return new Settings(file, kind, prefix, merged);
  }

  /** Whether a key is present and not null. */
  public boolean has(String key) {
    return !absent(node.path(key));
  }

  /** Whether a key holds a number. */
  public boolean isNumber(String key) {
    return node.path(key).isNumber();
  }

  /** A whole number of at least one. */
  public int positive(String key) {
    return optionalPositive(key).orElseThrow(() -> missing(key));
  }

  /** A whole number of at least one, or the given one when the key is absent. */
  public int positive(String key, int otherwise) {
    return optionalPositive(key).orElse(otherwise);
  }

  /** A whole number of at least zero, or the given one when the key is absent. */
  public int natural(String key, int otherwise) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw invalid(key, "a whole number that is not negative");
    }
    return value.intValue();
  }

  /** A finite number above zero, or the given one when the key is absent. */
  public double positiveNumber(String key, double otherwise) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isNumber() || !(value.doubleValue() > 0) || value.doubleValue() > Float.MAX_VALUE) {
      throw invalid(key, "a number above zero");
    }
    return value.doubleValue();
  }

  /** True or false, or the given one when the key is absent. */
  public boolean flag(String key, boolean otherwise) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw invalid(key, "true or false");
    }
    return value.booleanValue();
  }

  /** A text, empty when the key is absent. */
  public Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(key, "a text");
    }
    return Optional.of(value.textValue());
  }

  /** A list of numbers of a given length, or the given ones when the key is absent. */
  public float[] numbers(String key, int count, float... otherwise) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isArray() || value.size() != count) {
      throw invalid(key, "a list of " + count + " numbers");
    }
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      if (!value.get(i).isNumber() || !Float.isFinite(value.get(i).floatValue())) {
        throw invalid(key, "a list of " + count + " numbers");
      }
      numbers[i] = value.get(i).floatValue();
    }
    return numbers;
  }

  /** A refusal that names this file. */
  public EngineException refusal(String problem) {
    return EngineException.file(kind, file, problem);
  }

  private OptionalInt optionalPositive(String key) {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
      throw invalid(key, "a whole number above zero");
    }
    return OptionalInt.of(value.intValue());
  }

  private EngineException missing(String key) {
    return refusal("the key '" + prefix + key + "' is missing.");
  }

  private EngineException invalid(String key, String wanted) {
    return refusal("the key '" + prefix + key + "' must be " + wanted + ".");
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
