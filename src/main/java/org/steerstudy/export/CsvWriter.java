package org.steerstudy.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CSV after RFC 4180 with two points fixed: lines end with LF, and an absent value is nothing
 * between the commas while an empty text is {@code ""}.
 *
 * <p>Spreadsheets run a text cell that begins like a formula. Such a cell gets one apostrophe in
 * front. The rule can be undone without loss: where a text begins with apostrophes that are
 * followed by one of the characters below, one apostrophe is taken off.
 */
final class CsvWriter {

  /** What starts a formula in one spreadsheet or another, the full-width forms included. */
  private static final Pattern FORMULA =
      Pattern.compile("'*[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]");

  private final Writer out;
  private long rows;
  private long guarded;

  CsvWriter(Writer out) {
    this.out = out;
  }

  void header(List<String> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      cell(i, names.get(i));
    }
    out.write('\n');
  }

  /**
   * @param types as many as cells; texts are guarded against being run as formulas
   */
  void row(List<Column.Type> types, List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (cell != null && types.get(i) == Column.Type.TEXT && FORMULA.matcher(cell).lookingAt()) {
        guarded++;
        cell = "'" + cell;
      }
      cell(i, cell);
    }
    out.write('\n');
    rows++;
  }

  private void cell(int index, String cell) throws IOException {
    if (index > 0) {
      out.write(',');
    }
    if (cell == null) {
      return;
    }
    if (!cell.isEmpty()
        && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      out.write(cell);
      return;
    }
    out.write('"');
    out.write(cell.replace("\"", "\"\""));
    out.write('"');
  }

  /** Rows written, without the header. */
  long rows() {
    return rows;
  }

  /** Cells that got an apostrophe. */
  long guarded() {
    return guarded;
  }
}
