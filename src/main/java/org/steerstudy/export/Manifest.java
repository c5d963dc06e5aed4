package org.steerstudy.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.steerstudy.platform.SoftwareVersion;

/**
 * What is in an export and how to know that it is all there: every file with rows, bytes and
 * SHA-256, the gaps in every sequence, the filters, and the versions of what made it.
 */
final class Manifest {

  private static final String VERSIONS =
      """
      select v.number, v.sha256, v.title,
             to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at
      from study_version v where v.study_id = ? order by v.number""";

  private static final String PARTICIPANTS =
      """
      select count(*) filter (where (? or not robot) and (? or not pilot)) as included,
             count(*) filter (where robot) as robots, count(*) filter (where pilot) as pilots, count(*) as known
      from participant where study_id = ?""";

  private static final String SEQUENCES =
      """
      select t.number, t.pseudonym, t.session_id, t.state, tab.tab_id, tab.declared, tab.held, tab.expected,
             array_agg(gap.first_missing order by gap.first_missing) filter (where gap.first_missing is not null) as firsts,
             array_agg(gap.last_missing order by gap.first_missing) filter (where gap.first_missing is not null) as lasts
      from (select * from scope where session_id is not null) t
           left join session_tab tab on tab.session_id = t.session_id
           left join session_gap gap on gap.session_id = tab.session_id and gap.tab_id = tab.tab_id
      group by t.number, t.pseudonym, t.session_id, t.state, tab.tab_id, tab.declared, tab.held, tab.expected
      order by t.number, tab.tab_id""";

  private static final String ENGINE_VERSIONS =
      """
      select distinct r.engine_version collate "C" as engine_version
      from scope cross join lateral (
        select engine_version from attribution_view where session_id = scope.session_id
        union select engine_version from intervention where session_id = scope.session_id
        union select engine_version from measurement where session_id = scope.session_id
        union select engine_version from task_outcome where session_id = scope.session_id) as r
      order by 1""";

  private static final String SCHEMA_VERSION =
      "select version from flyway_schema_history where success and version is not null"
          + " order by installed_rank desc limit 1";

  private final StudyExport.Scope scope;
  private final Instant generatedAt;
  private final List<Bundle.Entry> entries;

  Manifest(StudyExport.Scope scope, Instant generatedAt, List<Bundle.Entry> entries) {
    this.scope = scope;
    this.generatedAt = generatedAt;
    this.entries = entries;
  }

  void writeTo(OutputStream out) throws IOException {
    JsonGenerator json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setPrettyPrinter(
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
    try {
      json.writeStartObject();
      json.writeStringField("format", StudyExport.FORMAT);
      json.writeStringField("generatedAt", generatedAt.toString());
      writeVersions(json);
      writeStudy(json);
      writeFilters(json);
      writeFiles(json);
      writeSequences(json);
      json.writeStringField("status", "complete");
      json.writeEndObject();
    } catch (SQLException e) {
      throw ExportException.database(e);
    }
    json.close();
  }

  private void writeVersions(JsonGenerator json) throws IOException, SQLException {
    json.writeObjectFieldStart("software");
    json.writeStringField("name", "SteerStudy");
    json.writeStringField("version", SoftwareVersion.current());
    json.writeEndObject();
    try (PreparedStatement select = scope.connection().prepareStatement(SCHEMA_VERSION);
        ResultSet rows = select.executeQuery()) {
      json.writeStringField("schemaVersion", rows.next() ? rows.getString(1) : null);
    }
    json.writeArrayFieldStart("engineVersions");
    try (PreparedStatement select = scope.prepare(Table.scoped(ENGINE_VERSIONS));
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        json.writeString(rows.getString(1));
      }
    }
    json.writeEndArray();
  }

  private void writeStudy(JsonGenerator json) throws IOException, SQLException {
    json.writeObjectFieldStart("study");
    json.writeStringField("slug", scope.request().slug());
    json.writeArrayFieldStart("versions");
    try (PreparedStatement select = scope.connection().prepareStatement(VERSIONS)) {
      select.setObject(1, scope.studyId());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          json.writeStartObject();
          json.writeNumberField("number", rows.getInt("number"));
          json.writeStringField("sha256", rows.getString("sha256"));
          json.writeStringField("title", rows.getString("title"));
          json.writeStringField("createdAt", rows.getString("created_at"));
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeFilters(JsonGenerator json) throws IOException, SQLException {
    json.writeObjectFieldStart("filters");
    json.writeStringField("robots", scope.request().robots() ? "included" : "excluded");
    json.writeStringField("pilots", scope.request().pilots() ? "included" : "excluded");
    try (PreparedStatement select = scope.connection().prepareStatement(PARTICIPANTS)) {
      select.setBoolean(1, scope.request().robots());
      select.setBoolean(2, scope.request().pilots());
      select.setObject(3, scope.studyId());
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        json.writeObjectFieldStart("participants");
        json.writeNumberField("known", rows.getLong("known"));
        json.writeNumberField("robots", rows.getLong("robots"));
        json.writeNumberField("pilots", rows.getLong("pilots"));
        json.writeNumberField("included", rows.getLong("included"));
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void writeFiles(JsonGenerator json) throws IOException {
    json.writeStringField("formulaGuard", Readme.FORMULA_GUARD);
    json.writeArrayFieldStart("files");
    for (Bundle.Entry entry : entries) {
      json.writeStartObject();
      json.writeStringField("name", entry.name());
      if (entry.rows() != null) {
        json.writeNumberField("rows", entry.rows());
        json.writeNumberField("guardedCells", entry.guarded());
      }
      json.writeNumberField("bytes", entry.bytes());
      json.writeStringField("sha256", entry.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One object per session with its tabs; {@code missing} lists ranges, both ends included. */
  private void writeSequences(JsonGenerator json) throws IOException, SQLException {
    json.writeArrayFieldStart("sessions");
    long missing = 0;
    String open = null;
    try (PreparedStatement select = scope.prepare(Table.scoped(SEQUENCES));
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String session = rows.getString("session_id");
        if (!session.equals(open)) {
          endSession(json, open);
          json.writeStartObject();
          json.writeStringField("session", session);
          json.writeStringField("pseudonym", rows.getString("pseudonym"));
          json.writeStringField("state", rows.getString("state"));
          json.writeArrayFieldStart("tabs");
          open = session;
        }
        missing += writeTab(json, rows);
      }
    }
    endSession(json, open);
    json.writeEndArray();
    json.writeNumberField("eventsMissing", missing);
  }

  private static void endSession(JsonGenerator json, String open) throws IOException {
    if (open != null) {
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static long writeTab(JsonGenerator json, ResultSet rows)
      throws IOException, SQLException {
    String tab = rows.getString("tab_id");
    if (tab == null) {
      return 0;
    }
    long held = rows.getLong("held");
    long expected = rows.getLong("expected");
    json.writeStartObject();
    json.writeStringField("tab", tab);
    long declared = rows.getLong("declared");
    if (rows.wasNull()) {
      json.writeNullField("declared");
    } else {
      json.writeNumberField("declared", declared);
    }
    json.writeNumberField("held", held);
    json.writeNumberField("expected", expected);
    json.writeArrayFieldStart("missing");
    if (rows.getArray("firsts") != null) {
      Long[] firsts = (Long[]) rows.getArray("firsts").getArray();
      Long[] lasts = (Long[]) rows.getArray("lasts").getArray();
      for (int i = 0; i < firsts.length; i++) {
        json.writeArray(new long[] {firsts[i], lasts[i]}, 0, 2);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    return expected - held;
  }
}
