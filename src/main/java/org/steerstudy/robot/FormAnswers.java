package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Random;

/** Gives every kind of item a value that fits; the same seed gives the same values. */
final class FormAnswers {

  private static final double DEFAULT_SPAN = 10;

  private final Random random;

  FormAnswers(long seed) {
    this.random = new Random(seed);
  }

  /** A value for an item as the server describes it. */
  JsonNode value(JsonNode item) {
    String type = item.path("type").asText();
    return switch (type) {
      case "consent" -> BooleanNode.TRUE;
      case "choice" -> option(item.path("options"));
      case "multiple" -> options(item.path("options"));
      case "likert" -> IntNode.valueOf(1 + random.nextInt(item.path("points").asInt()));
      case "slider" -> onGrid(item.path("min").asDouble(), item.path("max").asDouble(), item);
      case "number" -> number(item);
      case "short-text", "long-text" ->
          TextNode.valueOf("Written by a robot for \"%s\".".formatted(item.path("id").asText()));
      default ->
          throw RobotException.broken(
              "The robot does not know items of type \"%s\": %s".formatted(type, item));
    };
  }

  /** A percentage in steps of five, as somebody sets with a slider. */
  JsonNode percentage() {
    return IntNode.valueOf(5 * random.nextInt(21));
  }

  private JsonNode option(JsonNode options) {
    return options.get(random.nextInt(options.size())).get("id");
  }

  private JsonNode options(JsonNode options) {
    ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
    int first = random.nextInt(options.size());
    for (int i = first; i < options.size(); i += 2) {
      chosen.add(options.get(i).get("id"));
    }
    return chosen;
  }

  private JsonNode number(JsonNode item) {
    double min =
        item.hasNonNull("min")
            ? item.get("min").asDouble()
            : item.hasNonNull("max") ? item.get("max").asDouble() - DEFAULT_SPAN : 0;
    double max = item.hasNonNull("max") ? item.get("max").asDouble() : min + DEFAULT_SPAN;
    return DoubleNode.valueOf(
        Math.min(max, min + random.nextInt(1 + (int) Math.min(DEFAULT_SPAN, max - min))));
  }

  private JsonNode onGrid(double min, double max, JsonNode item) {
    double step = item.path("step").asDouble(1);
    int places = (int) Math.floor((max - min) / step);
    return DoubleNode.valueOf(min + step * random.nextInt(places + 1));
  }
}
