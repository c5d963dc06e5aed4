package org.steerstudy.report;

import static org.steerstudy.report.Rows.instant;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;

/** Reads the list of studies and the page of one study, each in a handful of queries. */
@ApplicationScoped
class StudyReports {

  private static final String STUDIES =
      """
      select st.slug, v.title, v.versions, l.links, s.running, s.complete, s.pilots, s.robots, s.last_activity_at
      from study st
           cross join lateral (
             select count(*) as versions, (array_agg(title order by number desc))[1] as title
             from study_version where study_id = st.id) as v
           cross join lateral (
             select count(*) as links from participant_link
             where study_id = st.id and not pilot and not robot
               and (participant_id is not null or revoked_at is null)) as l
           cross join lateral (
             select count(*) filter (where not pilot and not robot and state <> 'complete') as running,
                    count(*) filter (where not pilot and not robot and state = 'complete')  as complete,
                    count(*) filter (where pilot and not robot)                             as pilots,
                    count(*) filter (where robot)                                           as robots,
                    max((select max(received_at) from event where session_id = s.id))       as last_activity_at
             from participant p join session s on s.participant_id = p.id
             where p.study_id = st.id) as s
      order by s.last_activity_at desc nulls last, st.slug""";

  private static final String VERSIONS =
      """
      select v.number, v.sha256, v.title, v.created_at, count(s.id) as sessions
      from study_version v left join session s on s.study_version_id = v.id
      where v.study_id = ? group by v.id order by v.number desc""";

  private static final String COUNTS =
      """
      select count(*) filter (where not pilot and not robot) as people,
             count(*) filter (where pilot and not robot)     as pilots,
             count(*) filter (where robot)                   as robots
      from participant p join session s on s.participant_id = p.id where p.study_id = ?""";

  private static final String FUNNEL =
      """
      select count(*) filter (where l.participant_id is not null or l.revoked_at is null) as links, count(s.id) as opened,
             count(*) filter (where %s) as consented,
             count(*) filter (where s.state = 'complete') as complete
      from (select * from participant_link where %s) l left join session s on s.participant_id = l.participant_id
      where l.study_id = ?""";

  private static final String SESSIONS =
      """
      select s.id, p.pseudonym, p.pilot, p.robot, v.number as version, s.state, s.step_index + 1 as step_number,
             st.step_id, s.started_at, s.finished_at,
             extract(epoch from coalesce(s.finished_at, f.last_event_at) - s.started_at) as duration_s,
             f.*
      from (select * from participant where %s) p
           join session s on s.participant_id = p.id
           join study_version v on v.id = s.study_version_id
           join session_figures f on f.session_id = s.id
           left join lateral (
             select step_id from session_step where session_id = s.id order by position desc limit 1) as st on true
      where p.study_id = ? and %s
      order by p.number""";

  private static final String LINKS =
      """
      select l.label, l.pilot, l.robot, l.created_at, l.expires_at, p.pseudonym, s.id as session_id,
             case when l.revoked_at is not null then 'revoked'
                  when l.participant_id is not null then 'opened'
                  when l.expires_at < ? then 'expired'
                  else 'waiting' end as state
      from participant_link l left join participant p on p.id = l.participant_id
           left join session s on s.participant_id = p.id
      where l.study_id = ? order by l.created_at desc, l.id""";

  private final ReadOnlyDatabase database;
  private final Clock clock;

  StudyReports(ReadOnlyDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Every study, the one with the latest activity first. */
  List<StudySummary> studies() {
    return database.read(snapshot -> Rows.list(snapshot, STUDIES, StudyReports::summary));
  }

  /**
   * @throws ProblemException 404 when there is no such study
   */
  StudyReport study(String slug, Who who, Reached reached) {
    return database.read(snapshot -> study(snapshot, slug, who, reached));
  }

  private StudyReport study(Connection snapshot, String slug, Who who, Reached reached)
      throws SQLException {
    UUID id = requireStudy(snapshot, slug);
    List<StudyReport.Version> versions = Rows.list(snapshot, VERSIONS, StudyReports::version, id);
    List<SessionRow> sessions =
        Rows.list(
            snapshot,
            SESSIONS.formatted(who.condition(), reached.condition()),
            StudyReports::session,
            id);
    return new StudyReport(
        slug,
        versions.isEmpty() ? slug : versions.get(0).title(),
        versions,
        who,
        reached,
        Rows.list(snapshot, COUNTS, StudyReports::counts, id).get(0),
        Rows.list(
                snapshot,
                FUNNEL.formatted(Reached.CONSENTED.condition(), who.condition()),
                StudyReports::funnel,
                id)
            .get(0),
        sessions,
        StudyReport.totals(sessions),
        Rows.list(
            snapshot, LINKS, StudyReports::link, clock.instant().atOffset(ZoneOffset.UTC), id));
  }

  /** The id of a study. */
  static UUID requireStudy(Connection snapshot, String slug) throws SQLException {
    return Rows.list(
            snapshot,
            "select id from study where slug = ?",
            row -> row.getObject("id", UUID.class),
            slug)
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "There is no study '" + slug + "'. The list of studies is at /staff."));
  }

  private static StudySummary summary(ResultSet row) throws SQLException {
    return new StudySummary(
        row.getString("slug"),
        row.getString("title") == null ? row.getString("slug") : row.getString("title"),
        row.getInt("versions"),
        row.getLong("links"),
        row.getLong("running"),
        row.getLong("complete"),
        row.getLong("pilots"),
        row.getLong("robots"),
        instant(row, "last_activity_at"));
  }

  private static StudyReport.Version version(ResultSet row) throws SQLException {
    return new StudyReport.Version(
        row.getInt("number"),
        row.getString("title"),
        row.getString("sha256"),
        instant(row, "created_at"),
        row.getLong("sessions"));
  }

  private static StudyReport.Counts counts(ResultSet row) throws SQLException {
    return new StudyReport.Counts(
        row.getLong("people"), row.getLong("pilots"), row.getLong("robots"));
  }

  private static StudyReport.Funnel funnel(ResultSet row) throws SQLException {
    return new StudyReport.Funnel(
        row.getLong("links"),
        row.getLong("opened"),
        row.getLong("consented"),
        row.getLong("complete"));
  }

  static SessionRow session(ResultSet row) throws SQLException {
    return new SessionRow(
        row.getObject("id", UUID.class),
        row.getString("pseudonym"),
        row.getBoolean("pilot"),
        row.getBoolean("robot"),
        row.getInt("version"),
        row.getString("state"),
        row.getInt("step_number"),
        row.getString("step_id"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        Rows.number(row, "duration_s"),
        new Completeness(
            row.getLong("held"),
            row.getLong("expected"),
            row.getLong("tabs") > 0 && row.getLong("tabs_declared") >= row.getLong("tabs")),
        Activity.from(row),
        row.getLong("tasks"),
        row.getLong("tasks_solved"));
  }

  private static StudyReport.Link link(ResultSet row) throws SQLException {
    return new StudyReport.Link(
        row.getString("label"),
        row.getBoolean("pilot"),
        row.getBoolean("robot"),
        instant(row, "created_at"),
        instant(row, "expires_at"),
        row.getString("state"),
        row.getString("pseudonym"),
        row.getObject("session_id", UUID.class));
  }
}
