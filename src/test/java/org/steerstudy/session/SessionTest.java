package org.steerstudy.session;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.Participant;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SessionTest {

  @Inject SmallStudy study;

  @TestHTTPResource("/")
  URI server;

  @Test
  void anUnknownLinkIsAPageThatSaysWhatToDo() {
    given()
        .accept("text/html")
        .get("/p/not-a-token")
        .then()
        .statusCode(404)
        .contentType(containsString("text/html"))
        .body(containsString("ask for a new one"));
  }

  @Test
  void anExpiredLinkIsGoneAndSaysThatNothingIsLost() {
    given()
        .accept("text/html")
        .get("/p/" + study.link(Duration.ofSeconds(-1)))
        .then()
        .statusCode(410)
        .body(containsString("Nothing that you did before is lost"));
  }

  @Test
  void theSameLinkLeadsBackIntoTheSameSessionAtTheSameStep() {
    String link = study.link();
    Participant first = Participant.open(link).consents();
    Participant again = Participant.open(link);
    assertEquals(first.session(), again.session());
    again.state().body("step.id", is("before")).body("position", is(2));
  }

  @Test
  void manyFirstOpeningsAtOnceMakeOneParticipant() throws Exception {
    String link = study.link();
    ExecutorService clicks = Executors.newFixedThreadPool(8);
    try {
      Callable<UUID> click = () -> Participant.open(link).session();
      assertEquals(
          1,
          clicks.invokeAll(IntStream.range(0, 8).mapToObj(i -> click).toList()).stream()
              .map(
                  done -> {
                    try {
                      return done.get();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .collect(Collectors.toSet())
              .size());
    } finally {
      clicks.shutdownNow();
    }
  }

  @Test
  void aSessionIsClosedToBrowsersThatDidNotComeThroughItsLink() {
    Participant somebody = study.participant();
    given().get("/api/sessions/" + somebody.session()).then().statusCode(401);
    given()
        .cookie("participant-" + somebody.session(), study.link())
        .get("/api/sessions/" + somebody.session())
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/steps/consent/complete",
        "/steps/task-1/answers",
        "/steps/task-1/views",
        "/steps/task-1/interventions",
        "/steps/task-1/sweeps",
        "/steps/task-1/ripple-checks",
        "/steps/task-1/ablations",
        "/steps/task-1/outcome",
        "/events",
        "/finish"
      })
  void nothingCanBeWrittenIntoASessionWithoutItsCookie(String path) {
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/sessions/" + study.participant().session() + path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("detail", containsString("Open your participant link again"));
  }

  @Test
  void consentNeedsEveryRequiredItem() {
    study
        .participant()
        .complete("consent", "quotes", true)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("errors.item", hasItem("agree"));
  }

  @Test
  void anAnswerThatDoesNotFitIsNamedAndNoneIsStored() {
    Participant participant = study.participant().consents();
    participant
        .complete("before", "role", "astronaut", "years", 200)
        .statusCode(422)
        .body("errors.item", hasItem("role"))
        .body(
            "errors.find { it.item == 'years' }.message",
            is("Give a number of at least 0 and of at most 60."));
    participant.state().body("step.id", is("before"));
    participant.complete("before", "role", "other", "years", 2).statusCode(200);
  }

  @Test
  void aStepCompletedTwiceTheSameWayIsCompletedOnce() {
    Participant participant = study.participant();
    participant.complete("consent", "agree", true).statusCode(200).body("position", is(2));
    participant.complete("consent", "agree", true).statusCode(200).body("position", is(2));
    participant.complete("consent", "agree", true, "quotes", true).statusCode(409);
  }

  @Test
  void aStepThatIsNotOpenCannotBeCompleted() {
    study.participant().complete("before", "role", "other", "years", 2).statusCode(409);
  }

  @Test
  void whatTheParticipantSeesGivesNoAnswerAway() {
    Participant participant = study.participant().reachesTheTask();
    String seen = participant.state().statusCode(200).extract().asString();
    assertEquals(false, seen.contains("bg_water"), "file names name the cause");
    assertEquals(false, seen.contains("\"success\""), "criteria stay on the server");
    assertEquals(false, seen.contains("\"truth\""), "the script's truth stays on the server");
  }

  /**
   * Only the head is sent: the server must refuse by the announced length, not read 50 MB first.
   */
  @Test
  void aBodyOfFiftyMegabytesIsRefusedByItsAnnouncedLength() throws IOException {
    Participant participant = study.participant();
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/sessions/"
                      + participant.session()
                      + "/events HTTP/1.1\r\nHost: "
                      + server.getAuthority()
                      + "\r\nContent-Type: application/json\r\nContent-Length: 52428800\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 413 Request Entity Too Large", answer.readLine());
      String rest = answer.lines().collect(Collectors.joining("\n"));
      assertTrue(rest.contains("application/problem+json"), rest);
      assertTrue(rest.contains("nothing was stored"), rest);
    }
    participant.state().statusCode(200).body("step.id", is("consent"));
  }

  @Test
  void everyStepHasItsPage() {
    Participant participant = study.participant();
    participant
        .page()
        .statusCode(200)
        .contentType(ContentType.HTML)
        .body(containsString("Consent"));
    participant.consents().page().statusCode(200).body(containsString("Before we begin"));
    participant.complete("before", "role", "research", "years", 4).statusCode(200);
    participant
        .page()
        .statusCode(200)
        .body(containsString("Why boat?"))
        .body(not(containsString("bg_water")));
  }
}
