package org.steerstudy.report;

import static org.steerstudy.report.Rows.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads what a count stands on: the stored rows of a session or of a study, page by page. */
@ApplicationScoped
class EvidenceLog {

  /** Rows on a page. */
  static final int PAGE = 100;

  /**
   * Every stored row with its basic kind. {@code ord} sorts rows of the same moment by cause and
   * effect.
   */
  private static final String ROWS =
      """
      select session_id, 'step' as record, md5(session_id || step_id)::uuid as id, 'step' as kind, step_id, entered_at as at, 1 as ord
      from session_step
      union all
      select session_id, 'event', event_id, 'event', step_id, corrected_at, 2 from event
      union all
      select session_id, 'view', id, 'view', step_id, created_at, 3 from attribution_view
      union all
      select session_id, 'intervention', id,
             case when phase = 'preview' then 'preview'
                  when kind in ('sign-flip', 'activate', 'unchanged') then 'other'
                  else kind end,
             step_id, created_at, 3 from intervention
      union all
      select session_id, 'measurement', id, kind, step_id, created_at, 3 from measurement
      union all
      select session_id, 'answer', id, 'answer', step_id, stored_at, 3 from answer
      union all
      select session_id, 'outcome', id, case when success then 'solved' else 'attempt' end, step_id, created_at, 3
      from task_outcome""";

  /** The columns of a row {@code k} of {@link #ROWS}; looked up for the rows of a page only. */
  private static final String DETAIL =
      """
      select to_jsonb(r) as detail from session_step r
      where k.record = 'step' and r.session_id = k.session_id and r.step_id = k.step_id
      union all
      select to_jsonb(r) - 'id' - 'body_sha256' from event r
      where k.record = 'event' and r.session_id = k.session_id and r.event_id = k.id
      union all
      select to_jsonb(r) from attribution_view r where k.record = 'view' and r.id = k.id
      union all
      select to_jsonb(r) from intervention r where k.record = 'intervention' and r.id = k.id
      union all
      select to_jsonb(r) from measurement r where k.record = 'measurement' and r.id = k.id
      union all
      select to_jsonb(r) from answer r where k.record = 'answer' and r.id = k.id
      union all
      select to_jsonb(r) from task_outcome r where k.record = 'outcome' and r.id = k.id""";

  private static final String PAGE_OF_ROWS =
      "select k.*, d.detail from (select p.number, p.pseudonym, s.started_at, r.* from ("
          + ROWS
          + ") r join session s on s.id = r.session_id join participant p on p.id = s.participant_id"
          + " where %s and r.kind = any (?) and (?::text is null or r.step_id = ?)"
          + " and (?::integer is null or (p.number, r.at, r.ord, r.id) > (?, ?::timestamptz, ?, ?::uuid))"
          + " order by p.number, r.at, r.ord, r.id limit "
          + (PAGE + 1)
          + ") k cross join lateral ("
          + DETAIL
          + ") d order by k.number, k.at, k.ord, k.id";

  private static final String COUNTS =
      "select r.kind, count(*) as rows from ("
          + ROWS
          + ") r join session s on s.id = r.session_id join participant p on p.id = s.participant_id"
          + " where %s and (?::text is null or r.step_id = ?) group by r.kind";

  private static final String OF_SESSION = "r.session_id = ?";

  private final ObjectMapper json;

  EvidenceLog(ObjectMapper json) {
    this.json = json;
  }

  /**
   * What is looked for.
   *
   * @param stepId of one step, or null for all
   * @param after where the last page ended, or null for the first
   */
  record Search(EvidenceKind kind, String stepId, String after) {}

  Evidence ofSession(Connection snapshot, UUID sessionId, Search search) throws SQLException {
    return page(snapshot, OF_SESSION, sessionId, search);
  }

  Evidence ofStudy(Connection snapshot, UUID studyId, Who who, Search search) throws SQLException {
    return page(snapshot, ofStudy(who), studyId, search);
  }

  List<Evidence.Count> countsOfSession(Connection snapshot, UUID sessionId, String stepId)
      throws SQLException {
    return counts(snapshot, OF_SESSION, sessionId, stepId);
  }

  List<Evidence.Count> countsOfStudy(Connection snapshot, UUID studyId, Who who, String stepId)
      throws SQLException {
    return counts(snapshot, ofStudy(who), studyId, stepId);
  }

  private static String ofStudy(Who who) {
    return "p.study_id = ? and (" + who.condition() + ")";
  }

  private Evidence page(Connection snapshot, String scope, UUID id, Search search)
      throws SQLException {
    Optional<Cursor> after = Optional.ofNullable(search.after()).map(Cursor::of);
    List<Placed> rows =
        Rows.list(
            snapshot,
            PAGE_OF_ROWS.formatted(scope),
            this::placed,
            id,
            search.kind().keys(),
            search.stepId(),
            search.stepId(),
            after.map(Cursor::number).orElse(null),
            after.map(Cursor::number).orElse(null),
            after.map(Cursor::at).orElse(null),
            after.map(Cursor::ord).orElse(null),
            after.map(Cursor::id).orElse(null));
    boolean more = rows.size() > PAGE;
    List<Placed> shown = more ? rows.subList(0, PAGE) : rows;
    return new Evidence(
        shown.stream().map(Placed::entry).toList(),
        more ? shown.get(PAGE - 1).cursor().toString() : null);
  }

  private static List<Evidence.Count> counts(
      Connection snapshot, String scope, UUID id, String stepId) throws SQLException {
    Map<EvidenceKind, Long> rows = new EnumMap<>(EvidenceKind.class);
    Rows.list(
        snapshot,
        COUNTS.formatted(scope),
        row -> rows.put(EvidenceKind.of(row.getString("kind")), row.getLong("rows")),
        id,
        stepId,
        stepId);
    rows.put(EvidenceKind.ALL, rows.values().stream().mapToLong(Long::longValue).sum());
    return EvidenceKind.CHOICES.stream()
        .map(kind -> new Evidence.Count(kind, rows.getOrDefault(kind, 0L)))
        .toList();
  }

  private record Placed(Evidence.Entry entry, Cursor cursor) {}

  private Placed placed(ResultSet row) throws SQLException {
    Instant at = instant(row, "at");
    UUID id = row.getObject("id", UUID.class);
    ObjectNode detail = detail(row.getString("detail"));
    List<Evidence.Fingerprint> fingerprints = takeFingerprints(detail);
    String record = row.getString("record");
    String kind = row.getString("kind");
    Evidence.Entry entry =
        new Evidence.Entry(
            record,
            id,
            kind,
            row.getObject("session_id", UUID.class),
            row.getString("pseudonym"),
            row.getString("step_id"),
            at,
            Duration.between(instant(row, "started_at"), at).toMillis(),
            EvidencePhrases.summary(record, detail),
            detail,
            fingerprints);
    return new Placed(
        entry, new Cursor(row.getInt("number"), at.toString(), row.getInt("ord"), id));
  }

  private ObjectNode detail(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database sent broken JSON", e);
    }
  }

  private static List<Evidence.Fingerprint> takeFingerprints(ObjectNode detail) {
    List<Evidence.Fingerprint> fingerprints = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> fields = detail.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = field.getKey();
      if (name.endsWith("_sha256") || name.equals("engine_version")) {
        fingerprints.add(new Evidence.Fingerprint(name, field.getValue().asText()));
        fields.remove();
      }
    }
    return List.copyOf(fingerprints);
  }
}
