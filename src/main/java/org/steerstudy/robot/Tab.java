package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * One tab of the robot's browser and the events that it records: numbered from 1 without a gap,
 * sent in batches, forgotten only when the server says that it holds them.
 */
final class Tab {

  private static final int BATCH = 100;

  private final Browser browser;
  private final String path;
  private final TimeOrderedIds ids;
  private final Clock clock;
  private final UUID id;
  private final long openedNanos = System.nanoTime();
  private final List<ObjectNode> unsent = new ArrayList<>();
  private long lastSeq;
  private long sent;

  /**
   * @param path of the session's events
   */
  Tab(Browser browser, String path, TimeOrderedIds ids, Clock clock) {
    this.browser = browser;
    this.path = path;
    this.ids = ids;
    this.clock = clock;
    this.id = ids.next();
  }

  UUID id() {
    return id;
  }

  long lastSeq() {
    return lastSeq;
  }

  /** How many events the server has stored for this tab. */
  long sent() {
    return sent;
  }

  void record(String type, String stepId, ObjectNode payload) {
    ObjectNode event = mapper().createObjectNode();
    event.put("eventId", ids.next().toString());
    event.put("seq", ++lastSeq);
    event.put("type", type);
    event.put("stepId", stepId);
    event.put("clientTime", clock.millis());
    event.put("monoMs", (System.nanoTime() - openedNanos) / 1e6);
    event.set("payload", payload);
    unsent.add(event);
  }

  /** Sends what is waiting. */
  void flush() {
    while (!unsent.isEmpty()) {
      List<ObjectNode> batch = List.copyOf(unsent.subList(0, Math.min(BATCH, unsent.size())));
      JsonNode receipt = browser.post(path, batch(batch));
      expect(receipt, batch.size(), 0, "a new batch");
      settle(batch, receipt);
    }
  }

  /**
   * Sends what is waiting, and the same once more, as a browser does that has missed the first
   * answer: nothing may be doubled.
   */
  void flushTwice() {
    List<ObjectNode> batch = List.copyOf(unsent);
    JsonNode body = batch(batch);
    JsonNode receipt = browser.post(path, body);
    expect(receipt, batch.size(), 0, "a new batch");
    settle(batch, receipt);
    expect(browser.post(path, body), 0, batch.size(), "a repeated batch");
  }

  /**
   * Sends what is waiting in the wrong order: the second half first, the first half after it and
   * backwards. The server must name the gap and then close it.
   */
  void flushReordered() {
    if (unsent.size() < 2) {
      throw new IllegalStateException("two events are needed to send them in the wrong order");
    }
    List<ObjectNode> batch = List.copyOf(unsent);
    int half = batch.size() / 2;
    List<ObjectNode> first = new ArrayList<>(batch.subList(0, half));
    Collections.reverse(first);
    List<ObjectNode> second = batch.subList(half, batch.size());
    JsonNode early = browser.post(path, batch(second));
    expect(early, second.size(), 0, "a batch that came too early");
    if (early.path("missing").isEmpty()) {
      throw RobotException.broken(
          "The server did not notice that events before %d are missing: %s"
              .formatted(second.get(0).get("seq").asLong(), early));
    }
    JsonNode late = browser.post(path, batch(first));
    expect(late, first.size(), 0, "a batch that came late");
    settle(batch, late);
  }

  private void settle(List<ObjectNode> batch, JsonNode receipt) {
    long end = batch.get(batch.size() - 1).get("seq").asLong();
    if (receipt.path("acceptedUpTo").asLong() != end) {
      throw RobotException.broken(
          "The server should hold the events up to %d, but says: %s".formatted(end, receipt));
    }
    unsent.removeAll(batch);
    sent += batch.size();
  }

  private static void expect(JsonNode receipt, int stored, int repeated, String what) {
    if (receipt.path("stored").asInt(-1) != stored
        || receipt.path("repeated").asInt(-1) != repeated) {
      throw RobotException.broken(
          "Of %s, %d events should be stored and %d repeated, but the server says: %s"
              .formatted(what, stored, repeated, receipt));
    }
  }

  private ObjectNode batch(List<ObjectNode> events) {
    ObjectNode body = mapper().createObjectNode();
    body.put("tabId", id.toString());
    body.put("sentAt", clock.millis());
    ArrayNode array = body.putArray("events");
    events.forEach(array::add);
    return body;
  }

  private ObjectMapper mapper() {
    return browser.json();
  }
}
