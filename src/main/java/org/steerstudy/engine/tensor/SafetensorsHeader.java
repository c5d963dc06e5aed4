package org.steerstudy.engine.tensor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the JSON header of a safetensors file into checked entries. The rules are those of the
 * format's reference reader: every tensor lies where its shape and type say, the tensors cover the
 * data without gap or overlap, and nothing is left over.
 */
final class SafetensorsHeader {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SafetensorsHeader() {}

  /** Why a header is refused; the reader adds the file's name. */
  static final class Refusal extends Exception {
    Refusal(String message) {
      super(message);
    }
  }

  /**
   * @param header the header's bytes, UTF-8 JSON, perhaps padded with spaces
   * @param dataBytes how many bytes follow the header
   * @return the tensors by name, in the order of the data
   * @throws Refusal saying what is wrong
   */
  static Map<String, TensorEntry> parse(byte[] header, long dataBytes) throws Refusal {
    JsonNode root = json(header);
    List<TensorEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long covered = 0;
    Map<String, TensorEntry> byName = new LinkedHashMap<>();
    for (TensorEntry entry : entries) {
      if (entry.begin() < covered) {
        throw new Refusal("the tensor '" + entry.name() + "' overlaps the one before it");
      }
      if (entry.begin() > covered) {
        throw new Refusal("there is a gap in the data before the tensor '" + entry.name() + "'");
      }
      covered = entry.end();
      byName.put(entry.name(), entry);
    }
    if (covered > dataBytes) {
      throw new Refusal(
          "the file is cut short: its header declares "
              + covered
              + " bytes of data, but "
              + dataBytes
              + " are there");
    }
    if (covered < dataBytes) {
      throw new Refusal(
          "the file is longer than its header declares (" + (dataBytes - covered) + " bytes more)");
    }
    return byName;
  }

  private static JsonNode json(byte[] header) throws Refusal {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw new Refusal("its header is not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (IOException e) {
      throw new Refusal("its header cannot be decoded (" + e.getMessage() + ")");
    }
    if (root == null || !root.isObject()) {
      throw new Refusal("its header is not a JSON object");
    }
    return root;
  }

  private static TensorEntry entry(String name, JsonNode node) throws Refusal {
    String typeName = node.path("dtype").asText("");
    TensorType type =
        TensorType.named(typeName)
            .orElseThrow(
                () ->
                    new Refusal(
                        "the tensor '" + name + "' has the unknown type '" + typeName + "'"));
    long[] shape = naturals(name, node.path("shape"), "shape");
    long[] offsets = naturals(name, node.path("data_offsets"), "data_offsets");
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw new Refusal("the tensor '" + name + "' has no usable data_offsets");
    }
    long bytes = type.bytes();
    try {
      for (long dimension : shape) {
        bytes = Math.multiplyExact(bytes, dimension);
      }
    } catch (ArithmeticException e) {
      throw new Refusal("the tensor '" + name + "' declares an impossible size");
    }
    if (bytes != offsets[1] - offsets[0]) {
      throw new Refusal(
          "the tensor '"
              + name
              + "' of shape "
              + TensorEntry.describe(shape)
              + " needs "
              + bytes
              + " bytes, but its data_offsets hold "
              + (offsets[1] - offsets[0]));
    }
    return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
  }

  private static long[] naturals(String name, JsonNode node, String what) throws Refusal {
    if (!node.isArray()) {
      throw new Refusal("the tensor '" + name + "' has no " + what);
    }
    long[] numbers = new long[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = node.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw new Refusal("the tensor '" + name + "' has an invalid " + what);
      }
      numbers[i] = number.longValue();
    }
    return numbers;
  }
}
