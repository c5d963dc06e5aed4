package org.steerstudy.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;
import org.steerstudy.session.ParticipantLinks;
import org.steerstudy.study.ModelChoice;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.workbench.ModelRoom;

/** Robots on the real server, engine and database; what they report is held against the rows. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RobotParticipantTest {

  private static final Path DEMO = Path.of("tasks/attribution-to-action");

  @Inject StudyCatalogue studies;
  @Inject ParticipantLinks links;
  @Inject SmallStudy small;
  @Inject ModelRoom models;
  @Inject AgroalDataSource database;

  @TestHTTPResource("/")
  URI server;

  /** As the server does when it starts; the first participant does not wait for it. */
  @BeforeEach
  void theModelIsOpen() {
    models.open(new ModelChoice("demo", "sae-cls-L5"));
  }

  @Test
  void anInformedRobotSolvesEveryTaskOfTheDemoStudyAndTheServerHoldsAllOfIt() throws Exception {
    studies.register(Files.readString(DEMO.resolve("study.yaml")), "study.yaml");
    String token =
        links.create("attribution-to-action", "robot", false, true, Duration.ofHours(1)).token();
    RobotReport report = robot(RobotScript.read(DEMO.resolve("robot.json"))).goThrough(link(token));

    assertEquals(4, report.tasks());
    assertEquals(4, report.solved());
    assertEquals(4, report.attempts());
    assertEquals(2, report.declaredTabs().size());
    assertTrue(report.interventionsByKind().get("suppress") >= 16, report.toString());
    assertEquals(4, report.interventionsByKind().get("amplify"), report.toString());
    assertEquals(4, report.interventionsByKind().get("undo"), report.toString());
    assertHeld(report);
    assertEquals(
        List.of("complete"), column("select state from session where id = ?", report.sessionId()));
    assertEquals(
        report.sessionId() + ":true",
        column(
                "select s.id || ':' || p.robot from session s join participant p on"
                    + " p.id = s.participant_id where s.id = ?",
                report.sessionId())
            .get(0));
  }

  @Test
  void anUninformedRobotFindsTheCauseByGuessingWhereAttemptsAreFree() throws Exception {
    RobotReport report = robot(RobotScript.uninformed(3)).goThrough(link(small.link()));
    assertEquals(2, report.tasks());
    assertEquals(2, report.solved());
    assertHeld(report);
  }

  @Test
  void aRobotWithAWrongBeliefLeavesTheTaskUnsolvedWhenAttemptsAreUsedUp() throws Exception {
    RobotScript mistaken = new RobotScript(3, Map.of("task-1", "object", "task-2", "object"));
    RobotReport report = robot(mistaken).goThrough(link(small.link()));
    assertEquals(2, report.tasks());
    assertEquals(0, report.solved());
    assertEquals(
        List.of("false", "false"),
        column("select success from task_outcome where session_id = ?", report.sessionId()));
    assertHeld(report);
  }

  @Test
  void aLinkThatLeadsNowhereIsNamedWithTheServersAnswer() {
    RobotParticipant robot = robot(RobotScript.uninformed(1));
    RobotException refusal =
        assertThrows(RobotException.class, () -> robot.goThrough(link("no-such-token")));
    assertTrue(
        refusal.getMessage().startsWith("GET /p/no-such-token was answered with 404"),
        refusal.getMessage());
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    RobotParticipant robot = robot(RobotScript.uninformed(1));
    RobotException refusal =
        assertThrows(
            RobotException.class, () -> robot.goThrough(URI.create("http://127.0.0.1:1/p/x")));
    assertTrue(refusal.getMessage().endsWith("Is the server running?"), refusal.getMessage());
  }

  private void assertHeld(RobotReport report) throws SQLException {
    UUID session = report.sessionId();
    assertEquals(report.views(), count("attribution_view", session));
    assertEquals(report.interventions(), count("intervention", session));
    assertEquals(report.interventionsByKind(), kinds(session));
    assertEquals(report.previews(), count("intervention where phase = 'preview' and", session));
    assertEquals(report.sweeps(), count("measurement where kind = 'sweep' and", session));
    assertEquals(report.rippleChecks(), count("measurement where kind = 'ripple' and", session));
    assertEquals(report.ablations(), count("measurement where kind = 'ablation' and", session));
    assertEquals(report.attempts(), count("task_outcome", session));
    assertEquals(report.answers(), count("answer", session));
    assertEquals(report.eventsSent(), count("event where origin = 'client' and", session));
    assertEquals(
        report.eventsSent(),
        report.declaredTabs().stream().mapToLong(RobotReport.DeclaredTab::lastSeq).sum());
  }

  private Map<String, Integer> kinds(UUID session) throws SQLException {
    Map<String, Integer> kinds = new TreeMap<>();
    for (String kind : column("select kind from intervention where session_id = ?", session)) {
      kinds.merge(kind, 1, Integer::sum);
    }
    return kinds;
  }

  private int count(String rows, UUID session) throws SQLException {
    String condition = rows.contains(" where ") ? " session_id = ?" : " where session_id = ?";
    return Integer.parseInt(column("select count(*) from " + rows + condition, session).get(0));
  }

  private List<String> column(String sql, UUID parameter) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, parameter);
      List<String> values = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          values.add(String.valueOf(rows.getObject(1)));
        }
      }
      return values;
    }
  }

  private static RobotParticipant robot(RobotScript script) {
    return new RobotParticipant(script, Clock.systemUTC());
  }

  private URI link(String token) {
    return server.resolve("/p/" + token);
  }
}
