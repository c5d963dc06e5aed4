package org.steerstudy.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a script while it is read. Every accessor reports what is wrong and then gives
 * null (or an empty list), so that reading goes on and finds the other errors too; {@link #finish}
 * reports the keys that nobody asked for.
 */
final class YamlMap {

  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");

  private final MappingNode node;
  private final String path;
  private final Findings findings;
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private YamlMap(MappingNode node, String path, Findings findings) {
    this.node = node;
    this.path = path;
    this.findings = findings;
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        findings.report(tuple.getKeyNode(), path, "a key must be one word", "");
      } else if (values.containsKey(key.getValue())) {
        findings.report(
            key,
            path(key.getValue()),
            "the key \"%s\" stands here twice, first in line %d"
                .formatted(key.getValue(), keys.get(key.getValue()).getStartMark().getLine() + 1),
            "remove one of them");
      } else {
        keys.put(key.getValue(), key);
        values.put(key.getValue(), tuple.getValueNode());
        findings.place(path(key.getValue()), tuple.getValueNode());
      }
    }
  }

  /** Empty, and reported, if the node is no mapping. */
  static Optional<YamlMap> of(Node node, String path, Findings findings) {
    findings.place(path, node);
    if (node instanceof MappingNode mapping) {
      return Optional.of(new YamlMap(mapping, path, findings));
    }
    findings.report(
        node,
        path,
        "expected keys with values, found " + Scalars.describe(node),
        "write \"key: value\"");
    return Optional.empty();
  }

  /** The mapping under a key that must be there. */
  Optional<YamlMap> map(String key) {
    Node value = required(key);
    return value == null ? Optional.empty() : of(value, path(key), findings);
  }

  /** The mapping under a key that may be missing. */
  Optional<YamlMap> mapIfPresent(String key) {
    Node value = optional(key);
    return value == null ? Optional.empty() : of(value, path(key), findings);
  }

  boolean has(String key) {
    return optional(key) != null;
  }

  /** Text that must be there and not be blank; any scalar is text. */
  String text(String key) {
    Node value = required(key);
    return value == null ? null : Scalars.text(value, path(key), findings);
  }

  String textOr(String key, String fallback) {
    Node value = optional(key);
    return value == null ? fallback : Scalars.text(value, path(key), findings);
  }

  /** A name for rows and addresses. */
  String id(String key) {
    String id = text(key);
    if (id != null && !ID.matcher(id).matches()) {
      report(
          key,
          "\"%s\" is not an id: lower-case letters, digits and hyphens, at most 64".formatted(id),
          proposedId(id));
      return null;
    }
    return id;
  }

  Integer integer(String key, int min, int max) {
    Node value = required(key);
    return value == null ? null : Scalars.integer(value, path(key), findings, min, max);
  }

  int integerOr(String key, int fallback, int min, int max) {
    Node value = optional(key);
    Integer found = value == null ? null : Scalars.integer(value, path(key), findings, min, max);
    return found == null ? fallback : found;
  }

  Double number(String key) {
    Node value = required(key);
    return value == null ? null : Scalars.number(value, path(key), findings);
  }

  Double numberOr(String key, Double fallback) {
    Node value = optional(key);
    return value == null ? fallback : Scalars.number(value, path(key), findings);
  }

  /** A rate from 0 to 1. */
  Double rate(String key) {
    Double rate = number(key);
    if (rate != null && (rate < 0 || rate > 1)) {
      report(key, rate + " is no rate", "a number from 0 to 1");
      return null;
    }
    return rate;
  }

  Boolean flag(String key) {
    Node value = required(key);
    return value == null ? null : Scalars.flag(value, path(key), findings);
  }

  boolean flagOr(String key, boolean fallback) {
    Node value = optional(key);
    Boolean found = value == null ? null : Scalars.flag(value, path(key), findings);
    return found == null ? fallback : found;
  }

  /** One of a list of words; null, and reported, for any other. */
  String word(String key, List<String> known) {
    String word = text(key);
    return word == null ? null : Scalars.known(word, known, values.get(key), path(key), findings);
  }

  /** A list of such words, none twice. */
  List<String> words(String key, List<String> known) {
    UniqueIds unique = new UniqueIds(findings);
    return list(
        key,
        (entry, entryPath) -> {
          String word = Scalars.text(entry, entryPath, findings);
          unique.add(word, entry, entryPath);
          return word == null ? null : Scalars.known(word, known, entry, entryPath, findings);
        });
  }

  /** The entries of a list that must be there; what the reader gives as null is left out. */
  <T> List<T> list(String key, BiFunction<Node, String, T> reader) {
    Node value = required(key);
    return value == null ? List.of() : list(value, key, reader);
  }

  <T> List<T> listOrEmpty(String key, BiFunction<Node, String, T> reader) {
    Node value = optional(key);
    return value == null ? List.of() : list(value, key, reader);
  }

  /** As {@link #list}, but not empty and no id twice. */
  <T> List<T> uniqueList(String key, BiFunction<Node, String, T> reader, Function<T, String> id) {
    UniqueIds ids = new UniqueIds(findings);
    List<T> entries =
        list(
            key,
            (entry, entryPath) -> {
              T read = reader.apply(entry, entryPath);
              if (read != null) {
                ids.add(id.apply(read), entry, entryPath + ".id");
              }
              return read;
            });
    if (values.get(key) instanceof SequenceNode sequence && sequence.getValue().isEmpty()) {
      report(key, "the list is empty", "add at least one entry");
    }
    return entries;
  }

  /** An error at the value of a key, or at the mapping if the key is missing. */
  void report(String key, String message, String suggestion) {
    findings.report(values.getOrDefault(key, node), path(key), message, suggestion);
  }

  /** Reports every key that was not asked for. */
  void finish() {
    keys.forEach(
        (key, place) -> {
          if (!asked.contains(key)) {
            findings.report(
                place,
                path(key),
                "the key \"" + key + "\" is not known here",
                isRestOfText(values.get(key))
                    ? "a text with a comma needs quotes inside { }"
                    : Spelling.suggestion(key, asked));
          }
        });
  }

  String path() {
    return path;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> List<T> list(Node value, String key, BiFunction<Node, String, T> reader) {
    if (!(value instanceof SequenceNode sequence)) {
      report(
          key,
          "expected a list, found " + Scalars.describe(value),
          "one entry a line, each beginning with \"- \"");
      return List.of();
    }
    List<T> entries = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      String entryPath = path(key) + "[" + i + "]";
      Node entry = sequence.getValue().get(i);
      findings.place(entryPath, entry);
      T read = reader.apply(entry, entryPath);
      if (read != null) {
        entries.add(read);
      }
    }
    return entries;
  }

  private Node required(String key) {
    Node value = optional(key);
    if (value == null) {
      if (values.containsKey(key)) {
        report(key, "there is no value", "");
      } else {
        findings.report(node, path(key), "the key \"" + key + "\" is missing", "");
      }
    }
    return value;
  }

  private Node optional(String key) {
    asked.add(key);
    Node value = values.get(key);
    boolean empty =
        value instanceof ScalarNode scalar
            && scalar.getScalarStyle() == ScalarStyle.PLAIN
            && scalar.getTag().equals(Tag.NULL);
    return empty ? null : value;
  }

  /** A key without value between braces: what YAML makes of a text after its first comma. */
  private boolean isRestOfText(Node value) {
    return node.getFlowStyle() == FlowStyle.FLOW
        && value instanceof ScalarNode scalar
        && scalar.getValue().isEmpty();
  }

  private static String proposedId(String id) {
    String proposed =
        id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return proposed.isEmpty() || proposed.length() > 64 ? "" : "for example " + proposed;
  }
}
