package org.steerstudy.report;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database as reports see it: one snapshot per page, in a transaction that PostgreSQL itself
 * holds to reading. A report that tried to write would fail, whatever its SQL says.
 */
@ApplicationScoped
class ReadOnlyDatabase {

  private final AgroalDataSource database;

  ReadOnlyDatabase(AgroalDataSource database) {
    this.database = database;
  }

  /** Something that is read. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Connection snapshot) throws SQLException;
  }

  /**
   * @throws ReportException when the database refuses or fails
   */
  <T> T read(Reading<T> reading) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement begin = connection.createStatement()) {
        begin.execute("set transaction isolation level repeatable read, read only");
        return reading.from(connection);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw ReportException.unreadable(e);
    }
  }
}
