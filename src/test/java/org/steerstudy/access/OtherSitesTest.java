package org.steerstudy.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.TestDatabase;

/** What pages of other sites make a browser do is refused. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class OtherSitesTest {

  @Inject AgroalDataSource database;

  private StaffFixture staff;

  @BeforeEach
  void fixture() {
    staff = new StaffFixture(database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/staff",
        "//evil.example/staff",
        "/\\evil.example/staff",
        "/staff/../p/x",
        "/p/x",
        "/staffx",
        "javascript:alert(1)",
        "/staff\r\nX: 1"
      })
  void signingInNeverLeadsElsewhere(String to) throws SQLException {
    new StaffBrowser()
        .submit(
            "/staff/login",
            "/staff/login",
            "login",
            staff.account(),
            "password",
            StaffFixture.PASSWORD,
            "to",
            to)
        .then()
        .statusCode(303)
        .header("Location", org.hamcrest.Matchers.matchesPattern("(http://[^/]+)?/staff"));
  }

  @Test
  void aFormWithoutItsTokenIsRefusedAndExplained() throws SQLException {
    String login = staff.account();

    given()
        .formParam("login", login)
        .formParam("password", StaffFixture.PASSWORD)
        .post("/staff/login")
        .then()
        .statusCode(400)
        .body(containsString("This form is no longer valid"));

    assertEquals(List.of(), staff.audited(login));
  }

  @Test
  void aFormWithAnotherTokenIsRefused() throws SQLException {
    StaffBrowser browser = new StaffBrowser();
    browser.get("/staff/login");

    browser
        .request()
        .formParam("csrf-token", "AAAAAAAAAAAAAAAAAAAAAA")
        .formParam("login", staff.account())
        .formParam("password", StaffFixture.PASSWORD)
        .post("/staff/login")
        .then()
        .statusCode(400);
  }

  @Test
  void aFormSentByAnotherSiteIsRefused() {
    for (String site : List.of("cross-site", "same-site", "none")) {
      given()
          .header("Sec-Fetch-Site", site)
          .formParam("login", "x")
          .post("/staff/login")
          .then()
          .statusCode(403);
    }
    given().header("Origin", "https://evil.example").post("/staff/logout").then().statusCode(403);
    given().header("Origin", "null").post("/staff/logout").then().statusCode(403);
  }

  @Test
  void theApiTakesJsonOnly() {
    given()
        .contentType("text/plain")
        .body("{}")
        .post("/api/sessions/00000000-0000-0000-0000-000000000000/events")
        .then()
        .statusCode(415);
  }
}
