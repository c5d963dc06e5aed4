package org.steerstudy.export;

import java.sql.SQLException;

/** An export that cannot be made. The message says why and what to do. */
public final class ExportException extends RuntimeException {

  /** What went wrong, for callers that answer differently. */
  public enum Kind {
    UNKNOWN_STUDY,
    DATABASE
  }

  private final Kind kind;

  private ExportException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static ExportException unknownStudy(String slug) {
    return new ExportException(
        Kind.UNKNOWN_STUDY,
        "There is no study '"
            + slug
            + "' in this database. The list of studies is on the page /staff of the server.",
        null);
  }

  static ExportException database(SQLException cause) {
    return new ExportException(
        Kind.DATABASE,
        "The database stopped answering during the export: "
            + cause.getMessage()
            + " What was written so far has no manifest and must not be used; export again.",
        cause);
  }

  public Kind kind() {
    return kind;
  }
}
