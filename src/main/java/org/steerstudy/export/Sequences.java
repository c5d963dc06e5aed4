package org.steerstudy.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.steerstudy.telemetry.SequenceCoverage;

/**
 * The sequences of events as they stand in {@code events.csv}, counted without a database. Numbers
 * are kept as runs, so that a session without gaps takes one entry, however long it is.
 */
final class Sequences {

  private record Tab(String session, String tab) {}

  /** Start of each run to its end. */
  private final Map<Tab, TreeMap<Long, Long>> runs = new LinkedHashMap<>();

  private final Set<String> sessions = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  void session(String session) {
    sessions.add(session);
  }

  void hold(String session, String tab, String number) {
    TreeMap<Long, Long> held = runs.computeIfAbsent(new Tab(session, tab), t -> new TreeMap<>());
    long seq;
    try {
      seq = Long.parseLong(number);
    } catch (NumberFormatException e) {
      problems.add("events.csv holds the sequence number '" + number + "', which is none.");
      return;
    }
    Map.Entry<Long, Long> below = held.floorEntry(seq);
    if (below != null && below.getValue() >= seq) {
      problems.add("events.csv holds number " + seq + " of tab " + tab + " twice.");
      return;
    }
    long start = below != null && below.getValue() == seq - 1 ? below.getKey() : seq;
    Long endOfNext = held.remove(seq + 1);
    held.put(start, endOfNext == null ? seq : endOfNext);
  }

  /** Everything in which the manifest's account of sessions and gaps differs from the tables. */
  List<String> compareWith(JsonNode manifest) {
    List<String> found = new ArrayList<>(problems);
    Set<Tab> told = new HashSet<>();
    Set<String> toldSessions = new HashSet<>();
    for (JsonNode session : manifest.path("sessions")) {
      toldSessions.add(session.path("session").asText());
      for (JsonNode tab : session.path("tabs")) {
        Tab key = new Tab(session.path("session").asText(), tab.path("tab").asText());
        told.add(key);
        SequenceCoverage coverage = coverage(key, tab.path("declared").asLong(0));
        if (coverage.held() != tab.path("held").asLong(-1)
            || !ranges(coverage).equals(ranges(tab.path("missing")))) {
          found.add(
              "Tab "
                  + key.tab()
                  + " of session "
                  + key.session()
                  + ": manifest.json says "
                  + tab.path("held").asLong()
                  + " events held and "
                  + tab.path("missing")
                  + " missing, events.csv holds "
                  + coverage.held()
                  + " and lacks "
                  + ranges(coverage)
                  + ".");
        }
      }
    }
    runs.keySet().stream()
        .filter(tab -> !told.contains(tab))
        .forEach(
            tab ->
                found.add("events.csv holds a tab that manifest.json does not name: " + tab.tab()));
    if (!toldSessions.equals(sessions)) {
      found.add(
          "manifest.json names "
              + toldSessions.size()
              + " sessions, sessions.csv holds "
              + sessions.size()
              + ", and they are not the same.");
    }
    return found;
  }

  private SequenceCoverage coverage(Tab tab, long declared) {
    List<SequenceCoverage.Run> held = new ArrayList<>();
    runs.getOrDefault(tab, new TreeMap<>())
        .forEach((from, to) -> held.add(new SequenceCoverage.Run(from, to)));
    return SequenceCoverage.of(held, declared);
  }

  private static List<List<Long>> ranges(SequenceCoverage coverage) {
    return coverage.missing().stream().map(range -> List.of(range.from(), range.to())).toList();
  }

  private static List<List<Long>> ranges(JsonNode missing) {
    List<List<Long>> ranges = new ArrayList<>();
    missing.forEach(range -> ranges.add(List.of(range.path(0).asLong(), range.path(1).asLong())));
    return ranges;
  }
}
