package org.steerstudy.study;

import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Single values of a script. What is wanted decides what a value is, not YAML's own guesses: {@code
 * off} and {@code no} are words where a word is wanted, and only true and false are truth values.
 * Each method reports a value that does not fit and then gives null.
 */
final class Scalars {

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,9}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final int SHOWN = 40;

  private Scalars() {}

  /** Text that is not blank. */
  static String text(Node value, String path, Findings findings) {
    if (!(value instanceof ScalarNode scalar)) {
      findings.report(value, path, "expected text, found " + describe(value), "");
      return null;
    }
    if (scalar.getValue().isBlank()) {
      findings.report(value, path, "the text is empty", "");
      return null;
    }
    return scalar.getValue();
  }

  /** A finite number. */
  static Double number(Node value, String path, Findings findings) {
    if (isPlain(value, NUMBER)) {
      double number = Double.parseDouble(((ScalarNode) value).getValue());
      if (Double.isFinite(number)) {
        return number;
      }
    }
    findings.report(value, path, "expected a number, found " + describe(value), unquote(value));
    return null;
  }

  static Integer integer(Node value, String path, Findings findings, int min, int max) {
    if (!isPlain(value, INTEGER)) {
      findings.report(
          value, path, "expected a whole number, found " + describe(value), unquote(value));
      return null;
    }
    int number = Integer.parseInt(((ScalarNode) value).getValue());
    if (number < min || number > max) {
      findings.report(
          value,
          path,
          number + " is out of range",
          "a whole number from %d to %d".formatted(min, max));
      return null;
    }
    return number;
  }

  static Boolean flag(Node value, String path, Findings findings) {
    if (value instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
      if (scalar.getValue().equals("true")) {
        return true;
      }
      if (scalar.getValue().equals("false")) {
        return false;
      }
    }
    findings.report(
        value, path, "expected true or false, found " + describe(value), unquote(value));
    return null;
  }

  /** One of a list of words. */
  static String known(String word, List<String> known, Node place, String path, Findings findings) {
    if (known.contains(word)) {
      return word;
    }
    findings.report(
        place,
        path,
        "\"" + word + "\" is none of " + String.join(", ", known),
        Spelling.nearest(word, known).map(near -> "did you mean \"" + near + "\"?").orElse(""));
    return null;
  }

  /** What a node is, in the words of an error. */
  static String describe(Node node) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.getTag().equals(Tag.NULL)) {
        return "nothing";
      }
      String value = scalar.getValue();
      String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
      boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
      return (quoted ? "the quoted text \"" : "\"") + shown + "\"";
    }
    return node instanceof SequenceNode ? "a list" : "keys with values";
  }

  private static boolean isPlain(Node value, Pattern pattern) {
    return value instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && pattern.matcher(scalar.getValue()).matches();
  }

  private static String unquote(Node value) {
    return value instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN
        ? "remove the quotes"
        : "";
  }
}
