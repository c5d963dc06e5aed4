package org.steerstudy.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the tables' columns with those that the data dictionary of the same export describes.
 */
final class DictionaryCheck {

  private final Map<String, List<String>> described = new LinkedHashMap<>();
  private final Map<String, List<String>> found = new LinkedHashMap<>();

  void describe(Map<String, String> row) {
    described.computeIfAbsent(row.get("table"), t -> new ArrayList<>()).add(row.get("column"));
  }

  void header(String file, List<String> columns) {
    if (!file.equals(StudyExport.DICTIONARY)) {
      found.put(file.substring(0, file.length() - ".csv".length()), columns);
    }
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : found.entrySet()) {
      List<String> expected = described.getOrDefault(table.getKey(), List.of());
      if (!expected.equals(table.getValue())) {
        problems.add(
            table.getKey()
                + ".csv has the columns "
                + table.getValue()
                + ", the data dictionary describes "
                + expected
                + ".");
      }
    }
    for (String table : described.keySet()) {
      if (!found.containsKey(table)) {
        problems.add(
            "The data dictionary describes " + table + ".csv, which is not in the export.");
      }
    }
    return problems;
  }
}
