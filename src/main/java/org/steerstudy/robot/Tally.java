package org.steerstudy.robot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Counts what one robot does, as it does it. */
final class Tally {

  private final Map<String, Integer> interventionsByKind = new TreeMap<>();
  private int views;
  private int previews;
  private int sweeps;
  private int rippleChecks;
  private int ablations;
  private int attempts;
  private int tasks;
  private int solved;
  private int answers;

  void view() {
    views++;
  }

  void intervention(String kind, boolean preview) {
    interventionsByKind.merge(kind, 1, Integer::sum);
    if (preview) {
      previews++;
    }
  }

  void sweep() {
    sweeps++;
  }

  void rippleCheck() {
    rippleChecks++;
  }

  void ablation() {
    ablations++;
  }

  void attempt() {
    attempts++;
  }

  void task(boolean wasSolved) {
    tasks++;
    if (wasSolved) {
      solved++;
    }
  }

  void answers(int count) {
    answers += count;
  }

  RobotReport report(UUID sessionId, String pseudonym, List<Tab> tabs) {
    return new RobotReport(
        sessionId,
        pseudonym,
        views,
        interventionsByKind,
        previews,
        sweeps,
        rippleChecks,
        ablations,
        attempts,
        tasks,
        solved,
        answers,
        tabs.stream().mapToLong(Tab::sent).sum(),
        tabs.stream().map(tab -> new RobotReport.DeclaredTab(tab.id(), tab.lastSeq())).toList());
  }
}
