package org.steerstudy.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.steerstudy.study.Ask;
import org.steerstudy.study.ConsentStep;
import org.steerstudy.study.Item;
import org.steerstudy.study.Option;
import org.steerstudy.study.QuestionnaireStep;
import org.steerstudy.study.Step;
import org.steerstudy.study.WorkbenchStep;

/**
 * Says whether a value answers an item. Knows for each kind of step which items it has; the
 * browser's own checks are a convenience, these are the ones that count.
 */
final class AnswerCheck {

  private static final int SHORT_TEXT = 500;
  private static final int LONG_TEXT = 10_000;

  /** One item as far as its answer goes. */
  private record Rule(boolean required, Test test) {}

  /** Why a value does not fit, or empty. */
  private interface Test {
    Optional<String> complaint(JsonNode value);
  }

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  private AnswerCheck() {}

  static AnswerCheck of(Step step) {
    AnswerCheck check = new AnswerCheck();
    if (step instanceof ConsentStep consent) {
      consent
          .items()
          .forEach(
              item -> check.rules.put(item.id(), new Rule(item.required(), tick(item.required()))));
    } else if (step instanceof QuestionnaireStep questionnaire) {
      questionnaire
          .items()
          .forEach(item -> check.rules.put(item.id(), new Rule(item.required(), test(item))));
    } else if (step instanceof WorkbenchStep workbench) {
      check.statements(workbench);
    }
    return check;
  }

  /** Items in the order in which they are shown. */
  List<String> items() {
    return List.copyOf(rules.keySet());
  }

  boolean required(String item) {
    return rules.get(item).required();
  }

  Optional<String> complaint(String item, JsonNode value) {
    Rule rule = rules.get(item);
    return rule == null ? Optional.of("This step has no such item.") : rule.test().complaint(value);
  }

  /** What a task asks for beside the work itself; never needed to store one of them alone. */
  private void statements(WorkbenchStep step) {
    if (step.ask().hypothesis() != Ask.OFF) {
      rules.put("hypothesis", new Rule(false, text(LONG_TEXT)));
    }
    if (step.ask().confidence() != Ask.OFF) {
      rules.put("confidence-before", new Rule(false, between(0.0, 100.0)));
      rules.put("confidence-after", new Rule(false, between(0.0, 100.0)));
    }
    if (step.ask().trust() != Ask.OFF) {
      rules.put("trust-before", new Rule(false, between(0.0, 100.0)));
      rules.put("trust-after", new Rule(false, between(0.0, 100.0)));
    }
  }

  private static Test test(Item item) {
    if (item instanceof Item.Choice choice) {
      Set<String> ids = ids(choice.options());
      return value ->
          complainUnless(
              value.isTextual() && ids.contains(value.asText()), "Choose one of the options.");
    }
    if (item instanceof Item.Multiple multiple) {
      return several(ids(multiple.options()), multiple.required());
    }
    if (item instanceof Item.Likert likert) {
      return value ->
          complainUnless(
              value.isIntegralNumber() && value.asInt() >= 1 && value.asInt() <= likert.points(),
              "Choose a step from 1 to " + likert.points() + ".");
    }
    if (item instanceof Item.Slider slider) {
      return between(slider.min(), slider.max());
    }
    if (item instanceof Item.Numeric number) {
      return between(number.min(), number.max());
    }
    return text(item instanceof Item.ShortText ? SHORT_TEXT : LONG_TEXT);
  }

  private static Test tick(boolean required) {
    return value ->
        complainUnless(
            value.isBoolean() && (value.asBoolean() || !required),
            "This has to be agreed to before the study can begin.");
  }

  private static Test several(Set<String> ids, boolean required) {
    return value -> {
      Set<String> chosen = new HashSet<>();
      boolean known = value.isArray();
      for (JsonNode each : value) {
        known =
            known && each.isTextual() && ids.contains(each.asText()) && chosen.add(each.asText());
      }
      return complainUnless(
          known && !(required && chosen.isEmpty()), "Choose among the options, each at most once.");
    };
  }

  private static Test between(Double min, Double max) {
    return value ->
        complainUnless(
            value.isNumber()
                && (min == null || value.asDouble() >= min)
                && (max == null || value.asDouble() <= max),
            "Give a number"
                + (min == null ? "" : " of at least " + plain(min))
                + (min == null || max == null ? "" : " and")
                + (max == null ? "" : " of at most " + plain(max))
                + ".");
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static Test text(int limit) {
    return value ->
        complainUnless(
            value.isTextual() && value.asText().length() <= limit && !value.asText().isBlank(),
            "Write between 1 and " + limit + " characters.");
  }

  private static Set<String> ids(List<Option> options) {
    Set<String> ids = new HashSet<>();
    options.forEach(option -> ids.add(option.id()));
    return ids;
  }

  private static Optional<String> complainUnless(boolean fits, String complaint) {
    return fits ? Optional.empty() : Optional.of(complaint);
  }
}
