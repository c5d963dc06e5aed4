package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A robot's way through one session: its browser, its tabs, and what it has done so far. */
final class Visit {

  private final Browser browser;
  private final Clock clock;
  private final TimeOrderedIds ids;
  private final UUID sessionId;
  private final String path;
  private final Tally tally = new Tally();
  private final List<Tab> tabs = new ArrayList<>();

  Visit(Browser browser, UUID sessionId, Clock clock) {
    this.browser = browser;
    this.clock = clock;
    this.ids = new TimeOrderedIds(clock);
    this.sessionId = sessionId;
    this.path = "/api/sessions/" + sessionId;
    openTab();
  }

  Browser browser() {
    return browser;
  }

  Tally tally() {
    return tally;
  }

  UUID sessionId() {
    return sessionId;
  }

  /** From now on events are recorded in a new tab. */
  void openTab() {
    tabs.add(new Tab(browser, path + "/events", ids, clock));
  }

  Tab tab() {
    return tabs.get(tabs.size() - 1);
  }

  List<Tab> tabs() {
    return List.copyOf(tabs);
  }

  ObjectNode object() {
    return browser.json().createObjectNode();
  }

  /** A body with the id by which the server knows a request that comes twice. */
  ObjectNode request() {
    return object().put("requestId", ids.next().toString());
  }

  JsonNode state() {
    return browser.get(path);
  }

  JsonNode get(String stepId, String what) {
    return browser.get(stepPath(stepId, what));
  }

  JsonNode post(String stepId, String what, JsonNode body) {
    return browser.post(stepPath(stepId, what), body);
  }

  /** Stores answers without leaving the step. */
  void answer(String stepId, Map<String, JsonNode> values) {
    if (values.isEmpty()) {
      return;
    }
    int saved = post(stepId, "answers", answers(values)).path("saved").asInt(-1);
    if (saved != values.size()) {
      throw RobotException.broken(
          "Of %d answers in step %s the server saved %d.".formatted(values.size(), stepId, saved));
    }
    tally.answers(saved);
  }

  /** Leaves a step; gives the state after it. */
  JsonNode complete(String stepId, Map<String, JsonNode> values) {
    JsonNode next = post(stepId, "complete", answers(values));
    tally.answers(values.size());
    return next;
  }

  /**
   * Leaves a step as a browser does that has missed the first answer: the second changes nothing.
   */
  JsonNode completeTwice(String stepId, Map<String, JsonNode> values) {
    JsonNode body = answers(values);
    JsonNode first = post(stepId, "complete", body);
    JsonNode second = post(stepId, "complete", body);
    if (!first.equals(second)) {
      throw RobotException.broken(
          "Completing step %s twice gave two states: %s and %s".formatted(stepId, first, second));
    }
    tally.answers(values.size());
    return first;
  }

  /** Declares every tab; the answer may be a refusal that names what is missing. */
  Browser.Answer finish() {
    ObjectNode body = object();
    ArrayNode declared = body.putArray("tabs");
    for (Tab tab : tabs) {
      declared.addObject().put("tabId", tab.id().toString()).put("lastSeq", tab.lastSeq());
    }
    return browser.postForAnswer(path + "/finish", body);
  }

  private ObjectNode answers(Map<String, JsonNode> values) {
    ObjectNode body = object();
    ArrayNode array = body.putArray("answers");
    long now = clock.millis();
    values.forEach(
        (item, value) -> {
          ObjectNode answer = array.addObject().put("item", item);
          answer.set("value", value);
          answer.put("shownAt", now).put("answeredAt", now);
        });
    return body;
  }

  private String stepPath(String stepId, String what) {
    return path + "/steps/" + stepId + "/" + what;
  }
}
