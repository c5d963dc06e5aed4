package org.steerstudy.report;

import java.sql.SQLException;

/** A report that cannot be made for a reason on the server's side. */
final class ReportException extends RuntimeException {

  private ReportException(String message, Throwable cause) {
    super(message, cause);
  }

  static ReportException unreadable(SQLException cause) {
    return new ReportException(
        "The database did not answer a report; look at its log. It said: " + cause.getMessage(),
        cause);
  }
}
