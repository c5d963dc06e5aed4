package org.steerstudy.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Everything on a session's page.
 *
 * @param scriptSha256 of the script that the session is pinned to
 * @param counts rows of every kind, within the step that is shown
 */
public record SessionReport(
    String slug,
    String title,
    String scriptSha256,
    SessionRow session,
    List<StepRow> steps,
    List<Tab> tabs,
    List<Evidence.Count> counts,
    Evidence evidence) {

  /** Address of the session's page. */
  public String at() {
    return "/staff/sessions/" + session.id();
  }

  /**
   * A step that the session entered.
   *
   * @param durationSeconds from entering to completing; null while it is open
   */
  public record StepRow(
      String stepId,
      int position,
      String type,
      Instant enteredAt,
      Instant completedAt,
      Double durationSeconds,
      Activity activity,
      long attempts,
      boolean solved) {

    public boolean task() {
      return type.equals("workbench");
    }
  }

  /**
   * A sequence of events.
   *
   * @param server whether the events are the server's own
   * @param declared where the browser says that the sequence ends; null until it does
   */
  public record Tab(
      UUID id, boolean server, Long declared, long held, long expected, List<Range> missing) {}

  /** Missing numbers, both ends included. */
  public record Range(long first, long last) {

    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "–" + last;
    }
  }
}
