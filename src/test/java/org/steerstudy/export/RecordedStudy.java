package org.steerstudy.export;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.steerstudy.platform.Hashes;
import org.steerstudy.platform.Ids;

/**
 * A study with sessions in the database, written row by row as the server stores them, so that a
 * test can hold any state: a gap, a formula in a text, a browser that never declared its end.
 */
public final class RecordedStudy {

  public static final String SCRIPT = "format: steerstudy/1\ntitle: \"Grüße\"\n";
  static final String PREDICTIONS =
      """
      [{"prompt":0,"name":"boat","logit":21.123456,"probability":0.7000000000000001,"rank":1},
       {"prompt":1,"name":"horse","logit":-3.5e-7,"probability":0.3,"rank":2}]""";
  static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private final Connection connection;
  public final UUID studyId = Ids.next();
  public final UUID versionId = Ids.next();
  public final String slug;

  private RecordedStudy(Connection connection, String slug) {
    this.connection = connection;
    this.slug = slug;
  }

  /** A study with one version of its script and nobody in it. */
  public static RecordedStudy create(Connection connection, String slug) throws SQLException {
    RecordedStudy study = new RecordedStudy(connection, slug);
    TestRows.insert(connection, "study", "id", study.studyId, "slug", slug, "created_at", START);
    TestRows.insert(
        connection,
        "study_version",
        "id",
        study.versionId,
        "study_id",
        study.studyId,
        "number",
        1,
        "sha256",
        Hashes.sha256Hex(SCRIPT),
        "title",
        "Find what the model uses",
        "source",
        SCRIPT,
        "created_at",
        START);
    return study;
  }

  /** A session in one browser tab, at the first step. */
  public RecordedSession begin(int number, boolean pilot, boolean robot) throws SQLException {
    RecordedSession run = new RecordedSession(connection, number);
    TestRows.insert(
        connection,
        "participant",
        "id",
        run.participantId,
        "study_id",
        studyId,
        "number",
        number,
        "pseudonym",
        run.pseudonym(),
        "pilot",
        pilot,
        "robot",
        robot,
        "created_at",
        START);
    TestRows.insert(
        connection,
        "participant_link",
        "id",
        Ids.next(),
        "study_id",
        studyId,
        "participant_id",
        run.participantId,
        "token_hash",
        Hashes.sha256(run.participantId.toString()),
        "label",
        "Anna Example",
        "pilot",
        pilot,
        "robot",
        robot,
        "created_at",
        START,
        "expires_at",
        START.plusSeconds(86_400));
    TestRows.insert(
        connection,
        "session",
        "id",
        run.id,
        "participant_id",
        run.participantId,
        "study_version_id",
        versionId,
        "state",
        "running",
        "started_at",
        START);
    return run;
  }
}
