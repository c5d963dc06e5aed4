package org.steerstudy.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Writes everything that a study has recorded as one ZIP of documented CSV tables.
 *
 * <p>All tables come from one snapshot of the database, in a transaction that PostgreSQL holds to
 * reading. Rows are read through a cursor and written as they come, so the memory needed does not
 * grow with the study. The manifest is written last; a bundle without it was cut short. Needs a
 * connection and nothing of the web server.
 */
public final class StudyExport {

  /** Version of the layout; a reader that knows this name knows the tables. */
  public static final String FORMAT = "steerstudy-export/1";

  static final String MANIFEST = "manifest.json";
  static final String DICTIONARY = "data_dictionary.csv";

  private static final int ROWS_PER_FETCH = 500;

  private final Clock clock;

  /**
   * What to export.
   *
   * @param robots whether robot participants are in it
   * @param pilots whether trial runs are in it
   */
  public record Request(String slug, boolean robots, boolean pilots) {}

  public StudyExport(Clock clock) {
    this.clock = clock;
  }

  /**
   * Writes the export and leaves the connection usable and the stream open.
   *
   * @param connection to a migrated database, outside of any transaction
   * @throws ExportException when the study is unknown (then nothing was written), or the database
   *     fails
   * @throws IOException when the stream does not take what is written
   */
  public void write(Request request, Connection connection, OutputStream out) throws IOException {
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        beginSnapshot(connection);
        writeSnapshot(request, connection, out);
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw ExportException.database(e);
    }
  }

  private static void beginSnapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
      // Shortest texts that read back as the same double, whatever the server's configuration says.
      statement.execute("set local extra_float_digits = 1");
    }
  }

  private void writeSnapshot(Request request, Connection connection, OutputStream out)
      throws SQLException, IOException {
    UUID studyId = requireStudy(request.slug(), connection);
    Scope scope = new Scope(studyId, request, connection);
    Bundle bundle = new Bundle(out);
    for (Table table : Tables.ALL) {
      bundle.table(table.file(), entry -> writeTable(table, scope, entry));
    }
    writeScripts(scope, bundle);
    bundle.table(DICTIONARY, StudyExport::writeDictionary);
    bundle.file("README.md", Readme.of(request));
    Manifest manifest = new Manifest(scope, clock.instant(), bundle.entries());
    bundle.file(MANIFEST, manifest::writeTo);
    bundle.finish();
  }

  static UUID requireStudy(String slug, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id from study where slug = ?")) {
      select.setString(1, slug);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw ExportException.unknownStudy(slug);
        }
        return rows.getObject(1, UUID.class);
      }
    }
  }

  private static CsvWriter writeTable(Table table, Scope scope, OutputStream entry)
      throws IOException {
    BufferedWriter out = writer(entry);
    CsvWriter csv = new CsvWriter(out);
    csv.header(table.header());
    List<Column.Type> types = table.columns().stream().map(Column::type).toList();
    try (PreparedStatement select = scope.prepare(table.sql());
        ResultSet rows = select.executeQuery()) {
      List<String> cells = new ArrayList<>(types.size());
      while (rows.next()) {
        cells.clear();
        for (int i = 1; i <= types.size(); i++) {
          cells.add(rows.getString(i));
        }
        csv.row(types, cells);
      }
    } catch (SQLException e) {
      throw ExportException.database(e);
    }
    out.flush();
    return csv;
  }

  /** Every version of the study's script, byte for byte. */
  private static void writeScripts(Scope scope, Bundle bundle) throws SQLException, IOException {
    try (PreparedStatement select =
        scope
            .connection()
            .prepareStatement(
                "select sha256, source from study_version where study_id = ? order by number")) {
      select.setFetchSize(1);
      select.setObject(1, scope.studyId());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          bundle.file("scripts/" + rows.getString("sha256") + ".yaml", rows.getString("source"));
        }
      }
    }
  }

  private static CsvWriter writeDictionary(OutputStream entry) throws IOException {
    BufferedWriter out = writer(entry);
    CsvWriter csv = new CsvWriter(out);
    csv.header(List.of("table", "column", "type", "unit", "description"));
    List<Column.Type> types = Collections.nCopies(5, Column.Type.TEXT);
    for (Table table : Tables.ALL) {
      for (Column column : table.columns()) {
        csv.row(
            types,
            List.of(
                table.name(),
                column.name(),
                column.type().label(),
                column.unit(),
                column.description()));
      }
    }
    out.flush();
    return csv;
  }

  private static BufferedWriter writer(OutputStream entry) {
    return new BufferedWriter(new OutputStreamWriter(entry, StandardCharsets.UTF_8), 1 << 16);
  }

  /** The participants who are in the export, and the snapshot that they are read from. */
  record Scope(UUID studyId, Request request, Connection connection) {

    /** Prepares a query that begins with the scope's three parameters, read through a cursor. */
    PreparedStatement prepare(String sql) throws SQLException {
      PreparedStatement select = connection.prepareStatement(sql);
      select.setFetchSize(ROWS_PER_FETCH);
      select.setObject(1, studyId);
      select.setBoolean(2, request.robots());
      select.setBoolean(3, request.pilots());
      return select;
    }
  }
}
