package org.steerstudy.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;
import org.steerstudy.access.StaffFixture;
import org.steerstudy.study.ModelChoice;
import org.steerstudy.workbench.ModelRoom;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RobotStaffTest {

  private static final String OWN = "an own password of some length";

  @Inject AgroalDataSource database;
  @Inject SmallStudy small;
  @Inject ModelRoom models;

  @TestHTTPResource("/")
  URI server;

  private StaffFixture staff;
  private Path folder;

  /** As the server does when it starts; the first participant does not wait for it. */
  @BeforeEach
  void theStudyAndItsModelAreReady() throws IOException {
    small.link();
    models.open(new ModelChoice("demo", "sae-cls-L5"));
    staff = new StaffFixture(database);
    folder = Files.createTempDirectory("robot-staff");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void aRobotsWholeWayEndsInAnExportThatHoldsIt() throws Exception {
    RobotStaff researcher = RobotStaff.signIn(server, staff.account(), StaffFixture.PASSWORD);
    RobotStaff.Link link = researcher.createLink("small", "whole way", false, true, 2);
    assertTrue(link.expiresAt().isAfter(Instant.now()));
    RobotReport report =
        new RobotParticipant(RobotScript.uninformed(7), Clock.systemUTC()).goThrough(link.url());

    Path with = folder.resolve("with.zip");
    researcher.export("small", List.of("robots"), with);
    Path without = folder.resolve("without.zip");
    researcher.export("small", List.of(), without);

    String session = report.sessionId().toString();
    assertEquals(report.views(), lines(with, "views", session));
    assertEquals(report.interventions(), lines(with, "interventions", session));
    assertEquals(0, lines(without, "views", session));
    assertEquals(0, lines(without, "interventions", session));
  }

  @Test
  void aWrongPasswordIsNamed() throws SQLException {
    String login = staff.account();
    RobotException refusal =
        assertThrows(
            RobotException.class, () -> RobotStaff.signIn(server, login, "not the password"));
    assertTrue(
        refusal.getMessage().startsWith("POST /staff/login was answered with 401"),
        refusal.getMessage());
  }

  @Test
  void aOneTimePasswordHasToBeReplacedFirst() throws SQLException {
    String login = staff.account(true);
    assertThrows(
        RobotException.class, () -> RobotStaff.signIn(server, login, StaffFixture.PASSWORD));
    RobotStaff.signInFirst(server, login, StaffFixture.PASSWORD, OWN)
        .createLink("small", "first", true, false, 1);
    RobotStaff.signIn(server, login, OWN);
  }

  @Test
  void anUnknownStudyIsNamedAndNoFileIsLeft() throws SQLException {
    RobotStaff researcher = RobotStaff.signIn(server, staff.account(), StaffFixture.PASSWORD);
    RobotException noLink =
        assertThrows(
            RobotException.class, () -> researcher.createLink("nothing", "x", false, true, 1));
    assertTrue(noLink.getMessage().contains("404"), noLink.getMessage());
    Path file = folder.resolve("nothing.zip");
    RobotException noExport =
        assertThrows(RobotException.class, () -> researcher.export("nothing", List.of(), file));
    assertTrue(noExport.getMessage().contains("404"), noExport.getMessage());
    assertFalse(Files.exists(file));
  }

  /** Lines of the table of this name that hold the text. */
  private static long lines(Path zip, String table, String text) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertTrue(file.stream().anyMatch(entry -> entry.getName().endsWith("manifest.json")));
      String name =
          file.stream()
              .map(entry -> entry.getName())
              .filter(entry -> entry.endsWith("/" + table + ".csv") || entry.equals(table + ".csv"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no table " + table));
      String rows =
          new String(
              file.getInputStream(file.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
      return rows.lines().filter(line -> line.contains(text)).count();
    }
  }
}
