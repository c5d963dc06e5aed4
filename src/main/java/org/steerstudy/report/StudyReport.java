package org.steerstudy.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Everything on a study's page.
 *
 * @param counts sessions by who, for the choice above the table
 */
public record StudyReport(
    String slug,
    String title,
    List<Version> versions,
    Who who,
    Reached reached,
    Counts counts,
    Funnel funnel,
    List<SessionRow> sessions,
    Totals totals,
    List<Link> links) {

  /** Address of the study's page. */
  public String at() {
    return "/staff/studies/" + slug;
  }

  /** A version of the script and how many sessions are pinned to it. */
  public record Version(
      int number, String title, String sha256, Instant createdAt, long sessions) {}

  /** Sessions by who. */
  public record Counts(long people, long pilots, long robots) {

    public long all() {
      return people + pilots + robots;
    }

    public long of(Who who) {
      return switch (who) {
        case PEOPLE -> people;
        case PILOTS -> pilots;
        case ROBOTS -> robots;
        case ALL -> all();
      };
    }
  }

  /**
   * From link to finish.
   *
   * @param links created; those that were taken back before anybody opened them do not count
   * @param opened at least once
   * @param consented participants who completed a consent step
   */
  public record Funnel(long links, long opened, long consented, long complete) {}

  /** Sums over the sessions that are shown. */
  public record Totals(
      long sessions, Activity activity, long tasks, long tasksSolved, long eventsMissing) {}

  /**
   * A participant's link. Its token is not known to anybody but the one it was given to.
   *
   * @param state {@code waiting}, {@code opened}, {@code expired} or {@code revoked}
   * @param pseudonym who came through it; null before
   * @param sessionId where it leads to; null before
   */
  public record Link(
      String label,
      boolean pilot,
      boolean robot,
      Instant createdAt,
      Instant expiresAt,
      String state,
      String pseudonym,
      UUID sessionId) {}

  static Totals totals(List<SessionRow> sessions) {
    return new Totals(
        sessions.size(),
        Activity.sum(sessions.stream().map(SessionRow::activity).toList()),
        sessions.stream().mapToLong(SessionRow::tasks).sum(),
        sessions.stream().mapToLong(SessionRow::tasksSolved).sum(),
        sessions.stream().mapToLong(row -> row.completeness().missing()).sum());
  }
}
