package org.steerstudy.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What was done in a step, a session or several of them.
 *
 * @param views attribution views
 * @param suppress applied interventions that bring a latent closer to zero
 * @param amplify applied interventions that take a latent farther from zero
 * @param other applied interventions that turn a sign, switch on a latent or change nothing
 * @param previews interventions that were only tried; in none of the counts before
 */
public record Activity(
    long views,
    long suppress,
    long amplify,
    long other,
    long previews,
    long resets,
    long undos,
    long redos,
    long sweeps,
    long rippleChecks,
    long ablations) {

  static Activity from(ResultSet row) throws SQLException {
    return new Activity(
        row.getLong("views"),
        row.getLong("suppress"),
        row.getLong("amplify"),
        row.getLong("other_edits"),
        row.getLong("previews"),
        row.getLong("resets"),
        row.getLong("undos"),
        row.getLong("redos"),
        row.getLong("sweeps"),
        row.getLong("ripple_checks"),
        row.getLong("ablations"));
  }

  static Activity sum(List<Activity> parts) {
    return new Activity(
        total(parts, Activity::views),
        total(parts, Activity::suppress),
        total(parts, Activity::amplify),
        total(parts, Activity::other),
        total(parts, Activity::previews),
        total(parts, Activity::resets),
        total(parts, Activity::undos),
        total(parts, Activity::redos),
        total(parts, Activity::sweeps),
        total(parts, Activity::rippleChecks),
        total(parts, Activity::ablations));
  }

  private static long total(List<Activity> parts, ToLongFunction<Activity> count) {
    return parts.stream().mapToLong(count).sum();
  }

  /** Sweeps, ripple checks and ablations. */
  public long measurements() {
    return sweeps + rippleChecks + ablations;
  }
}
