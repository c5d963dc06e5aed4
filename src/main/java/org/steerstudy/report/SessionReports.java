package org.steerstudy.report;

import static org.steerstudy.report.Rows.instant;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.steerstudy.platform.Ids;
import org.steerstudy.platform.ProblemException;

/** Reads a session's page, and the rows of a whole study that a total stands on. */
@ApplicationScoped
class SessionReports {

  private static final String SESSION =
      """
      select s.id, p.pseudonym, p.pilot, p.robot, v.number as version, s.state, s.step_index + 1 as step_number,
             st.step_id, s.started_at, s.finished_at,
             extract(epoch from coalesce(s.finished_at, f.last_event_at) - s.started_at) as duration_s,
             study.slug, v.title, v.sha256, f.*
      from session s
           join participant p on p.id = s.participant_id
           join study on study.id = p.study_id
           join study_version v on v.id = s.study_version_id
           join session_figures f on f.session_id = s.id
           left join lateral (
             select step_id from session_step where session_id = s.id order by position desc limit 1) as st on true
      where s.id = ?""";

  private static final String STEPS =
      """
      select st.step_id, st.position, st.type, st.entered_at, st.completed_at,
             extract(epoch from st.completed_at - st.entered_at) as duration_s, f.*
      from session_step st join step_figures f on f.session_id = st.session_id and f.step_id = st.step_id
      where st.session_id = ? order by st.position""";

  private static final String TABS =
      """
      select tab_id, declared, held, expected,
             array(select first_missing from session_gap g
                   where g.session_id = t.session_id and g.tab_id = t.tab_id order by 1) as firsts,
             array(select last_missing from session_gap g
                   where g.session_id = t.session_id and g.tab_id = t.tab_id order by 1) as lasts
      from session_tab t where session_id = ?
      order by (select min(e.id) from event e where e.session_id = t.session_id and e.tab_id = t.tab_id), tab_id""";

  private final ReadOnlyDatabase database;
  private final EvidenceLog log;

  SessionReports(ReadOnlyDatabase database, EvidenceLog log) {
    this.database = database;
    this.log = log;
  }

  /**
   * @throws ProblemException 404 when there is no such session
   */
  SessionReport session(UUID id, EvidenceLog.Search search) {
    return database.read(
        snapshot ->
            Rows.list(snapshot, SESSION, row -> report(snapshot, row, id, search), id).stream()
                .findFirst()
                .orElseThrow(
                    () ->
                        ProblemException.notFound(
                            "There is no session with this id. The sessions are listed on their"
                                + " study's page.")));
  }

  /** Rows of several sessions: what a study's totals stand on. */
  record StudyEvidence(
      String slug, String title, Who who, List<Evidence.Count> counts, Evidence evidence) {}

  /**
   * @throws ProblemException 404 when there is no such study
   */
  StudyEvidence study(String slug, Who who, EvidenceLog.Search search) {
    return database.read(
        snapshot -> {
          UUID id = StudyReports.requireStudy(snapshot, slug);
          List<String> title =
              Rows.list(
                  snapshot,
                  "select title from study_version where study_id = ? order by number desc limit 1",
                  row -> row.getString("title"),
                  id);
          return new StudyEvidence(
              slug,
              title.isEmpty() ? slug : title.get(0),
              who,
              log.countsOfStudy(snapshot, id, who, search.stepId()),
              log.ofStudy(snapshot, id, who, search));
        });
  }

  private SessionReport report(
      Connection snapshot, ResultSet row, UUID id, EvidenceLog.Search search) throws SQLException {
    return new SessionReport(
        row.getString("slug"),
        row.getString("title"),
        row.getString("sha256"),
        StudyReports.session(row),
        Rows.list(snapshot, STEPS, SessionReports::step, id),
        Rows.list(snapshot, TABS, SessionReports::tab, id),
        log.countsOfSession(snapshot, id, search.stepId()),
        log.ofSession(snapshot, id, search));
  }

  private static SessionReport.StepRow step(ResultSet row) throws SQLException {
    return new SessionReport.StepRow(
        row.getString("step_id"),
        row.getInt("position"),
        row.getString("type"),
        instant(row, "entered_at"),
        instant(row, "completed_at"),
        Rows.number(row, "duration_s"),
        Activity.from(row),
        row.getLong("attempts"),
        row.getBoolean("solved"));
  }

  private static SessionReport.Tab tab(ResultSet row) throws SQLException {
    UUID id = row.getObject("tab_id", UUID.class);
    long declared = row.getLong("declared");
    return new SessionReport.Tab(
        id,
        id.equals(Ids.SERVER_TAB),
        row.wasNull() ? null : declared,
        row.getLong("held"),
        row.getLong("expected"),
        ranges(
            (Long[]) row.getArray("firsts").getArray(), (Long[]) row.getArray("lasts").getArray()));
  }

  private static List<SessionReport.Range> ranges(Long[] firsts, Long[] lasts) {
    List<SessionReport.Range> ranges = new ArrayList<>();
    for (int i = 0; i < firsts.length; i++) {
      ranges.add(new SessionReport.Range(firsts[i], lasts[i]));
    }
    return ranges;
  }
}
