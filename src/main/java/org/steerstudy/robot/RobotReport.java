package org.steerstudy.robot;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a robot did in one session, counted on its own side, so that it can be held against what the
 * server exports.
 *
 * @param sessionId the session
 * @param pseudonym the participant's name in the data
 * @param views attribution views
 * @param interventionsByKind applied and previewed interventions by the kind that the server named
 * @param previews how many of them were previews
 * @param sweeps dose sweeps
 * @param rippleChecks ripple checks
 * @param ablations requests for measured effects
 * @param attempts answers given in workbench steps
 * @param tasks workbench steps
 * @param solved workbench steps solved
 * @param answers answers to items, without repetitions
 * @param eventsSent client events that the server stored
 * @param declaredTabs last sequence number of each tab
 */
public record RobotReport(
    UUID sessionId,
    String pseudonym,
    int views,
    Map<String, Integer> interventionsByKind,
    int previews,
    int sweeps,
    int rippleChecks,
    int ablations,
    int attempts,
    int tasks,
    int solved,
    int answers,
    long eventsSent,
    List<DeclaredTab> declaredTabs) {

  public RobotReport {
    interventionsByKind = Collections.unmodifiableMap(new TreeMap<>(interventionsByKind));
    declaredTabs = List.copyOf(declaredTabs);
  }

  /** What the robot declared for a tab when it finished. */
  public record DeclaredTab(UUID tabId, long lastSeq) {}

  /** All interventions, of whatever kind. */
  public int interventions() {
    return interventionsByKind.values().stream().mapToInt(Integer::intValue).sum();
  }
}
