package org.steerstudy.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The user guide describes the tables as they are. */
class ExportDocumentTest {

  private static final Path DOCUMENT = Path.of("docs", "export.md");
  private static final String BEGIN = "<!-- tables:begin -->\n";
  private static final String END = "<!-- tables:end -->";

  @Test
  void theDocumentDescribesEveryColumn() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    int end = document.indexOf(END);
    if (Boolean.getBoolean("steerstudy.write-docs")) {
      Files.writeString(
          DOCUMENT, document.substring(0, begin) + tables() + document.substring(end));
      return;
    }

    assertEquals(
        tables(),
        document.substring(begin, end),
        "Write the tables anew with -Dtest=ExportDocumentTest -Dsteerstudy.write-docs=true");
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    for (Table table : Tables.ALL) {
      text.append("\n### ").append(table.file()).append("\n\n").append(table.about());
      text.append("\n\n| column | type | unit | meaning |\n|---|---|---|---|\n");
      for (Column column : table.columns()) {
        text.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    column.name(), column.type().label(), column.unit(), column.description()));
      }
    }
    return text.append('\n').toString();
  }
}
