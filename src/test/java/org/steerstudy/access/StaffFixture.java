package org.steerstudy.access;

import io.agroal.api.AgroalDataSource;
import io.quarkus.elytron.security.common.BcryptUtil;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Accounts made for a test, and what the database says of them. */
public final class StaffFixture {

  public static final String PASSWORD = "correct horse battery";

  private final AgroalDataSource database;

  public StaffFixture(AgroalDataSource database) {
    this.database = database;
  }

  /** A new account with {@link #PASSWORD}. */
  public String account() throws SQLException {
    return account(false);
  }

  public String account(boolean mustChangePassword) throws SQLException {
    String login = "staff-" + UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into staff_account (id, login, password_hash, must_change_password, created_at)"
                    + " values (gen_random_uuid(), ?, ?, ?, now())")) {
      insert.setString(1, login);
      insert.setString(2, BcryptUtil.bcryptHash(PASSWORD, 4));
      insert.setBoolean(3, mustChangePassword);
      insert.executeUpdate();
    }
    return login;
  }

  public StaffBrowser signedIn() throws SQLException {
    return StaffBrowser.signedIn(account(), PASSWORD);
  }

  public void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** First column of every row. */
  public List<String> query(String sql, String parameter) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, parameter);
      List<String> values = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }

  /** What was audited with this subject, oldest first. */
  public List<String> audited(String subject) throws SQLException {
    return query("select action from audit_entry where subject = ? order by id", subject);
  }
}
