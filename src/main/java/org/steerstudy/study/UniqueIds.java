package org.steerstudy.study;

import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Ids, or other names, of one list, which must not come twice. */
final class UniqueIds {

  private final Findings findings;
  private final Map<String, Integer> lines = new HashMap<>();

  UniqueIds(Findings findings) {
    this.findings = findings;
  }

  /** Reports the id if an earlier entry has it; null is passed over, it has been reported. */
  void add(String id, Node entry, String path) {
    if (id == null) {
      return;
    }
    Integer first = lines.putIfAbsent(id, entry.getStartMark().getLine() + 1);
    if (first != null) {
      findings.report(
          path,
          "\"%s\" is already used by the entry in line %d".formatted(id, first),
          "each must differ");
    }
  }
}
