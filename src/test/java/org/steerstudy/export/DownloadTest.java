package org.steerstudy.export;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.TestDatabase;
import org.steerstudy.access.StaffBrowser;
import org.steerstudy.access.StaffFixture;

/** The export as a browser downloads it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class DownloadTest {

  @Inject AgroalDataSource database;
  @TestHTTPResource URI server;

  private Path folder;
  private StaffFixture staff;
  private String slug;

  @BeforeEach
  void recordAStudy() throws Exception {
    folder = Files.createTempDirectory("export");
    staff = new StaffFixture(database);
    slug = "study-" + UUID.randomUUID();
    try (Connection connection = database.getConnection()) {
      RecordedStudy study = RecordedStudy.create(connection, slug);
      WholeSession.in(study, 1);
      WholeSession.in(study, 2, true, false);
      WholeSession.in(study, 3, false, true);
    }
  }

  @Test
  void theDownloadIsAWholeExport() throws Exception {
    Response download = staff.signedIn().get("/staff/studies/" + slug + "/export.zip");

    download
        .then()
        .statusCode(200)
        .contentType("application/zip")
        .header("Cache-Control", "no-store")
        .header(
            "Content-Disposition",
            matchesPattern("attachment; filename=\"study-" + slug + "_\\d{8}T\\d{6}Z\\.zip\""));
    Verification verification = verify(download.asByteArray());
    assertTrue(verification.complete(), verification::toString);
    assertEquals(1L, verification.rows().get("sessions.csv"));
    assertEquals(List.of("export.downloaded"), staff.audited(slug));
  }

  @Test
  void pilotsAndRobotsCanBeAskedForInBothWaysOfWritingIt() throws Exception {
    StaffBrowser browser = staff.signedIn();
    String zip = "/staff/studies/" + slug + "/export.zip";

    assertEquals(2L, sessions(browser.get(zip + "?include=pilots")));
    assertEquals(3L, sessions(browser.get(zip + "?include=pilots&include=robots")));
    assertEquals(3L, sessions(browser.get(zip + "?include=robots,pilots")));
    browser.get(zip + "?include=everything").then().statusCode(400);
  }

  @Test
  void anUnknownStudyIsNotFound() throws SQLException {
    staff
        .signedIn()
        .get("/staff/studies/no-such/export.zip")
        .then()
        .statusCode(404)
        .body(containsString("There is no study"));
  }

  @Test
  void nobodyDownloadsWithoutSigningIn() {
    given()
        .redirects()
        .follow(false)
        .get("/staff/studies/" + slug + "/export.zip")
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/login"));
  }

  /** The tables before the one that fails are larger than what the server holds back. */
  @Test
  void aFailureOnTheWayBreaksTheDownload() throws Exception {
    try (Connection connection = database.getConnection()) {
      RecordedStudy large = RecordedStudy.create(connection, slug + "-large");
      large.begin(1, false, false).events(1, 20_000);
    }
    String cookie = signIn();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/staff/studies/" + slug + "-large/export.zip"))
            .header("Cookie", cookie)
            .build();
    HttpClient client = HttpClient.newHttpClient();
    Path complete = client.send(request, BodyHandlers.ofFile(folder.resolve("whole.zip"))).body();
    assertTrue(ExportVerifier.verify(complete).complete());

    staff.execute("alter table task_outcome rename to task_outcome_away");
    try {
      assertThrows(
          IOException.class,
          () -> client.send(request, BodyHandlers.ofFile(folder.resolve("broken.zip"))));
    } finally {
      staff.execute("alter table task_outcome_away rename to task_outcome");
    }
  }

  @Test
  void aFailureBeforeTheFirstByteIsAProblem() throws SQLException {
    StaffBrowser browser = staff.signedIn();
    staff.execute("alter table participant rename to participant_away");
    try {
      browser.get("/staff/studies/" + slug + "/export.zip").then().statusCode(500);
    } finally {
      staff.execute("alter table participant_away rename to participant");
    }
  }

  private String signIn() throws SQLException {
    Response signedIn = new StaffBrowser().signIn(staff.account(), StaffFixture.PASSWORD);
    return "steerstudy-staff=" + signedIn.getCookie("steerstudy-staff");
  }

  private long sessions(Response download) throws IOException {
    return verify(download.asByteArray()).rows().get("sessions.csv");
  }

  private Verification verify(byte[] zip) throws IOException {
    return ExportVerifier.verify(Files.write(folder.resolve(UUID.randomUUID() + ".zip"), zip));
  }
}
