package org.steerstudy.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.StringJoiner;

/** Writes rows by column names, without an entity between test and table. */
final class TestRows {

  private TestRows() {}

  record Json(String text) {}

  /**
   * @param columns names and values, in turns
   */
  static void insert(Connection connection, String table, Object... columns) throws SQLException {
    StringJoiner names = new StringJoiner(", ");
    StringJoiner places = new StringJoiner(", ");
    for (int i = 0; i < columns.length; i += 2) {
      names.add((String) columns[i]);
      places.add(columns[i + 1] instanceof Json ? "?::jsonb" : "?");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into %s (%s) values (%s)".formatted(table, names, places))) {
      for (int i = 1; i < columns.length; i += 2) {
        Object value = columns[i];
        int place = (i + 1) / 2;
        if (value instanceof Json json) {
          insert.setString(place, json.text());
        } else if (value instanceof Instant instant) {
          insert.setObject(place, instant.atOffset(ZoneOffset.UTC));
        } else {
          insert.setObject(place, value);
        }
      }
      insert.executeUpdate();
    }
  }
}
