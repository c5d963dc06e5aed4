package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A participant made of code. It follows a participant link, reads what the server shows, and does
 * every step over HTTP until the server says that the session is complete. On its way it does what
 * real browsers do to a server: it repeats requests whose answer it might have missed, sends events
 * twice and in the wrong order, comes back in another tab, and tries to finish before all its
 * events are sent.
 */
public final class RobotParticipant {

  /** The step at which the robot comes back in another tab. */
  private static final int RETURNS_AT = 3;

  private final RobotScript script;
  private final Clock clock;

  public RobotParticipant(RobotScript script, Clock clock) {
    this.script = script;
    this.clock = clock;
  }

  /**
   * Goes through the whole study behind a link.
   *
   * @throws RobotException if a request is refused or gets no answer in time, or if the server does
   *     not keep what its interface promises
   */
  public RobotReport goThrough(URI link) {
    Browser browser = new Browser(link.resolve("/"));
    FormAnswers forms = new FormAnswers(script.seed());
    Visit visit = new Visit(browser, follow(browser, link), clock);
    JsonNode state = visit.state();
    int before = 0;
    while (!state.path("state").asText().equals("complete")) {
      int position = state.path("position").asInt();
      if (position <= before) {
        throw RobotException.broken(
            "Step %d was done, but the server shows step %d.".formatted(before, position));
      }
      before = position;
      if (position == RETURNS_AT) {
        comeBack(visit, link);
      }
      browser.page("/sessions/" + visit.sessionId());
      take(state, visit, forms);
      state = visit.state();
    }
    return visit.tally().report(visit.sessionId(), state.path("pseudonym").asText(), visit.tabs());
  }

  private static UUID follow(Browser browser, URI link) {
    Browser.Answer answer = browser.pageOrRedirect(link.getRawPath());
    String location = answer.location();
    if (answer.status() != 303 || location == null) {
      throw browser.refused("GET", answer);
    }
    String path = URI.create(location).getPath();
    if (!path.matches("/sessions/[0-9a-f-]{36}")) {
      throw RobotException.broken("The link leads to " + path + " and not to a session.");
    }
    return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
  }

  private static void comeBack(Visit visit, URI link) {
    UUID again = follow(visit.browser(), link);
    if (!again.equals(visit.sessionId())) {
      throw RobotException.broken(
          "The same link led to two sessions: %s and %s".formatted(visit.sessionId(), again));
    }
    visit.openTab();
  }

  private void take(JsonNode state, Visit visit, FormAnswers forms) {
    JsonNode step = state.path("step");
    String id = step.path("id").asText();
    visit
        .tab()
        .record("step.shown", id, visit.object().put("position", state.path("position").asInt()));
    switch (step.path("type").asText()) {
      case "consent" -> {
        Map<String, JsonNode> values = fill(step, visit, forms);
        visit.tab().flushTwice();
        visit.completeTwice(id, values);
      }
      case "text" -> {
        visit.tab().flush();
        visit.complete(id, Map.of());
      }
      case "questionnaire" -> {
        Map<String, JsonNode> values = fill(step, visit, forms);
        visit.tab().flushReordered();
        visit.complete(id, values);
      }
      case "workbench" -> {
        new WorkbenchRobot(visit, script, forms, step).work();
        visit.tab().flush();
      }
      case "debrief" -> finish(visit, id);
      default ->
          throw RobotException.broken(
              "The robot does not know steps of type \"%s\"."
                  .formatted(step.path("type").asText()));
    }
  }

  private static Map<String, JsonNode> fill(JsonNode step, Visit visit, FormAnswers forms) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (JsonNode item : step.path("items")) {
      String id = item.path("id").asText();
      values.put(id, forms.value(item));
      visit.tab().record("item.answered", step.path("id").asText(), visit.object().put("item", id));
    }
    return values;
  }

  /** The server must not call a session complete while it lacks an event that was declared. */
  private static void finish(Visit visit, String stepId) {
    visit.tab().record("finish.pressed", stepId, visit.object());
    Browser.Answer tooEarly = visit.finish();
    if (tooEarly.status() != 409 || !names(tooEarly, visit)) {
      throw RobotException.broken(
          "Event %d was not sent, but finishing was answered with %d: %s"
              .formatted(visit.tab().lastSeq(), tooEarly.status(), tooEarly.body()));
    }
    visit.tab().flush();
    Browser.Answer answer = visit.finish();
    if (!answer.ok()) {
      throw visit.browser().refused("POST", answer);
    }
  }

  private static boolean names(Browser.Answer refusal, Visit visit) {
    for (JsonNode missing : visit.browser().parse(refusal).path("missing")) {
      if (missing.path("tabId").asText().equals(visit.tab().id().toString())) {
        return true;
      }
    }
    return false;
  }
}
