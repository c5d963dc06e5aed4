package org.steerstudy.study;

import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the questions of a questionnaire, and options wherever they occur. */
final class ItemReader {

  private static final List<String> TYPES =
      List.of(
          Item.Choice.TYPE,
          Item.Multiple.TYPE,
          Item.Likert.TYPE,
          Item.Slider.TYPE,
          Item.Numeric.TYPE,
          Item.ShortText.TYPE,
          Item.LongText.TYPE);

  private final Findings findings;

  ItemReader(Findings findings) {
    this.findings = findings;
  }

  /** The question, or null if its type is not known. */
  Item read(Node node, String path) {
    YamlMap map = YamlMap.of(node, path, findings).orElse(null);
    if (map == null) {
      return null;
    }
    String type = map.word("type", TYPES);
    String id = map.id("id");
    if (type == null) {
      return null;
    }
    String text = map.text("text");
    boolean required = map.flagOr("required", true);
    Item item =
        switch (type) {
          case Item.Choice.TYPE -> new Item.Choice(id, text, required, options(map));
          case Item.Multiple.TYPE -> new Item.Multiple(id, text, required, options(map));
          case Item.Likert.TYPE -> likert(map, id, text, required);
          case Item.Slider.TYPE -> slider(map, id, text, required);
          case Item.Numeric.TYPE -> numeric(map, id, text, required);
          case Item.ShortText.TYPE -> new Item.ShortText(id, text, required);
          case Item.LongText.TYPE -> new Item.LongText(id, text, required);
          default -> throw new IllegalStateException("an item type without a reader: " + type);
        };
    map.finish();
    return item;
  }

  /** The options of a question, two or more, no id twice. */
  List<Option> options(YamlMap map) {
    List<Option> options = map.uniqueList("options", this::option, Option::id);
    if (options.size() == 1) {
      map.report("options", "there is only one option", "add at least a second");
    }
    return options;
  }

  private Option option(Node node, String path) {
    YamlMap map = YamlMap.of(node, path, findings).orElse(null);
    if (map == null) {
      return null;
    }
    Option option = new Option(map.id("id"), map.text("text"));
    map.finish();
    return option;
  }

  private static Item likert(YamlMap map, String id, String text, boolean required) {
    Integer points = map.integer("points", 2, 11);
    return new Item.Likert(
        id, text, required, points == null ? 0 : points, map.text("low"), map.text("high"));
  }

  private static Item slider(YamlMap map, String id, String text, boolean required) {
    Double min = map.number("min");
    Double max = map.number("max");
    Double step = map.numberOr("step", 1.0);
    reportOrder(map, min, max);
    if (step != null && step <= 0) {
      map.report("step", "the step " + step + " is not above 0", "");
    } else if (step != null && min != null && max != null && step > max - min && min < max) {
      map.report("step", "the step " + step + " is larger than the whole range", "");
    }
    return new Item.Slider(
        id,
        text,
        required,
        orZero(min),
        orZero(max),
        orZero(step),
        map.textOr("low", ""),
        map.textOr("high", ""));
  }

  private static Item numeric(YamlMap map, String id, String text, boolean required) {
    Double min = map.numberOr("min", null);
    Double max = map.numberOr("max", null);
    reportOrder(map, min, max);
    return new Item.Numeric(id, text, required, min, max);
  }

  private static void reportOrder(YamlMap map, Double min, Double max) {
    if (min != null && max != null && min >= max) {
      map.report("max", max + " is not above min, which is " + min, "");
    }
  }

  /** A missing number has been reported, so the item is never used; the record needs some value. */
  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }
}
