package org.steerstudy.study;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns YAML text into nodes that know their place; no object is ever constructed from it. Texts
 * that are too large, too deep or that multiply themselves by aliases are refused before.
 */
final class YamlSource {

  static final int MAX_BYTES = 1 << 20;
  static final int MAX_DEPTH = 20;
  static final int MAX_ALIASES = 50;

  private static final Set<String> PLAIN_TAGS =
      Set.of(
          Tag.STR.getValue(),
          Tag.INT.getValue(),
          Tag.FLOAT.getValue(),
          Tag.BOOL.getValue(),
          Tag.NULL.getValue(),
          Tag.MAP.getValue(),
          Tag.SEQ.getValue(),
          "!");

  private YamlSource() {}

  /** The root node of the only document in the text. */
  static Node compose(String source, String name) {
    int bytes = source.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw ScriptException.at(
          name,
          1,
          1,
          "the script has " + bytes + " bytes, more than the " + MAX_BYTES + " allowed",
          "move long material out of the script");
    }
    try {
      refuseWhatMultiplies(source, name);
      Node root = yaml().compose(new StringReader(source));
      if (root == null) {
        throw ScriptException.at(
            name, 1, 1, "the script is empty", "begin with: format: " + StudyScript.FORMAT);
      }
      return root;
    } catch (MarkedYAMLException e) {
      throw malformed(name, e);
    } catch (ReaderException e) {
      throw unreadable(source, name, e);
    } catch (YAMLException e) {
      throw ScriptException.at(name, 1, 1, "this is not YAML: " + e.getMessage(), "");
    }
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH + 1);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    return new Yaml(new SafeConstructor(options));
  }

  private static void refuseWhatMultiplies(String source, String name) {
    int depth = 0;
    int aliases = 0;
    for (Event event : yaml().parse(new StringReader(source))) {
      if (event instanceof CollectionStartEvent start) {
        depth++;
        refuseTag(start.getTag(), event, name);
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      } else if (event instanceof ScalarEvent scalar) {
        refuseTag(scalar.getTag(), event, name);
      } else if (event instanceof AliasEvent) {
        aliases++;
      }
      if (depth > MAX_DEPTH) {
        throw at(name, event, "lists and mappings are nested deeper than " + MAX_DEPTH, "");
      }
      if (aliases > MAX_ALIASES) {
        throw at(
            name, event, "more than " + MAX_ALIASES + " aliases (*name)", "write the values out");
      }
    }
  }

  private static void refuseTag(String tag, Event event, String name) {
    if (tag != null && !PLAIN_TAGS.contains(tag)) {
      throw at(name, event, "the tag " + tag + " is not allowed here", "remove it");
    }
  }

  private static ScriptException at(String name, Event event, String message, String suggestion) {
    Mark mark = event.getStartMark();
    return ScriptException.at(name, mark.getLine() + 1, mark.getColumn() + 1, message, suggestion);
  }

  private static ScriptException malformed(String name, MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    String context = e.getContext() == null ? "" : " " + e.getContext();
    return ScriptException.at(
        name,
        mark == null ? 1 : mark.getLine() + 1,
        mark == null ? 1 : mark.getColumn() + 1,
        "this is not YAML:" + context + (context.isEmpty() ? " " : ", ") + e.getProblem(),
        malformedHint(e.getProblem()));
  }

  private static String malformedHint(String problem) {
    if (problem == null) {
      return "";
    }
    if (problem.contains("(TAB)")) {
      return "indent with spaces, not with tabs";
    }
    if (problem.contains("mapping values are not allowed here")) {
      return "a text that contains a colon needs quotes";
    }
    return "look at the indentation and the quotes of this line and the one before";
  }

  private static ScriptException unreadable(String source, String name, ReaderException e) {
    String before = source.substring(0, Math.min(Math.max(e.getPosition(), 0), source.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    int column = before.length() - before.lastIndexOf('\n');
    return ScriptException.at(
        name,
        line,
        column,
        "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()),
        "remove it");
  }
}
