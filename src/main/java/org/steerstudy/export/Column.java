package org.steerstudy.export;

import java.util.Locale;

/**
 * A column of an exported table, as the data dictionary describes it.
 *
 * @param unit of the numbers, or empty
 */
record Column(String name, Type type, String unit, String description) {

  /**
   * How a column's values are written. The database writes them, so that every client gets the same
   * text.
   */
  enum Type {
    TEXT("%s::text"),
    UUID("%s::text"),
    SHA256("%s::text"),
    JSON("%s::text"),
    BOOLEAN("%s::text"),
    INTEGER("%s::bigint::text"),
    /** The shortest text that reads back as the same double. */
    NUMBER("%s::double precision::text"),
    TIME("to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");

    private final String expression;

    Type(String expression) {
      this.expression = expression;
    }

    String expression(String column) {
      return expression.formatted(column);
    }

    /** The name in the data dictionary. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Column text(String name, String description) {
    return new Column(name, Type.TEXT, "", description);
  }

  static Column uuid(String name, String description) {
    return new Column(name, Type.UUID, "", description);
  }

  static Column sha256(String name, String description) {
    return new Column(name, Type.SHA256, "", description);
  }

  static Column json(String name, String description) {
    return new Column(name, Type.JSON, "", description);
  }

  static Column yesNo(String name, String description) {
    return new Column(name, Type.BOOLEAN, "", description);
  }

  static Column count(String name, String description) {
    return new Column(name, Type.INTEGER, "", description);
  }

  static Column integer(String name, String unit, String description) {
    return new Column(name, Type.INTEGER, unit, description);
  }

  static Column number(String name, String unit, String description) {
    return new Column(name, Type.NUMBER, unit, description);
  }

  static Column time(String name, String description) {
    return new Column(name, Type.TIME, "UTC", description);
  }
}
