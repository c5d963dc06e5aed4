package org.steerstudy.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What one reading of a script has found: the errors so far, and where each value stands. */
final class Findings {

  private record Place(int line, int column) {
    static final Place UNKNOWN = new Place(0, 0);
  }

  private final List<ScriptError> errors = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  /** Remembers where a value stands. */
  void place(String path, Node node) {
    places.put(path, placeOf(node));
  }

  /** An error at a node. */
  void report(Node node, String path, String message, String suggestion) {
    Place place = placeOf(node);
    errors.add(new ScriptError(place.line(), place.column(), path, message, suggestion));
  }

  /** An error at a path, whose place is known if the path has been read from a text. */
  void report(String path, String message, String suggestion) {
    Place place = places.getOrDefault(path, Place.UNKNOWN);
    errors.add(new ScriptError(place.line(), place.column(), path, message, suggestion));
  }

  /** Takes over an error found elsewhere. */
  void add(ScriptError error) {
    errors.add(error);
  }

  /** All errors in the order of the text. */
  List<ScriptError> errors() {
    return errors.stream()
        .sorted(Comparator.comparingInt(ScriptError::line).thenComparingInt(ScriptError::column))
        .toList();
  }

  private static Place placeOf(Node node) {
    Mark mark = node.getStartMark();
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
