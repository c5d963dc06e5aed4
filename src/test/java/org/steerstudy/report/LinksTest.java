package org.steerstudy.report;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.TestDatabase;
import org.steerstudy.access.StaffBrowser;
import org.steerstudy.access.StaffFixture;
import org.steerstudy.export.RecordedStudy;

/** Links are made on a study's page and by programs. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LinksTest {

  @Inject AgroalDataSource database;

  private StaffBrowser browser;
  private RecordedStudy study;

  @BeforeEach
  void recordAStudy() throws SQLException {
    browser = new StaffFixture(database).signedIn();
    try (Connection connection = database.getConnection()) {
      study = RecordedStudy.create(connection, "study-" + UUID.randomUUID());
    }
  }

  @Test
  void aLinkIsShownOnceAndAudited() throws SQLException {
    StaffFixture staff = new StaffFixture(database);
    Response page =
        browser.submit(
            "/staff/studies/" + study.slug,
            "/staff/studies/" + study.slug + "/links",
            "label",
            "expert 4",
            "pilot",
            "true",
            "days",
            "14");

    page.then().statusCode(200).header("Cache-Control", "no-store");
    Matcher url =
        Pattern.compile("value=\"(http://[^\"]+/p/[A-Za-z0-9_-]{43})\"").matcher(page.asString());
    assertTrue(url.find(), page.asString());
    assertFalse(browser.get("/staff/studies/" + study.slug).asString().contains(url.group(1)));
    browser
        .api()
        .get("/api/staff/studies/" + study.slug)
        .then()
        .body("links.find { it.label == 'expert 4' }.state", is("waiting"))
        .body("links.find { it.label == 'expert 4' }.pilot", is(true));
    assertEquals(List.of("link.created"), staff.audited(study.slug));
  }

  @Test
  void programsMakeLinksToo() {
    browser
        .api()
        .contentType("application/json")
        .body("{\"label\":\"robot\",\"pilot\":false,\"robot\":true,\"days\":1}")
        .post("/api/staff/studies/" + study.slug + "/links")
        .then()
        .statusCode(200)
        .body("url", containsString("/p/"))
        .body("expiresAt", containsString("T"));
  }

  @Test
  void aLinkWithoutLabelOrWithTooManyDaysIsRefused() {
    for (String body :
        List.of(
            "{\"label\":\" \",\"pilot\":false,\"robot\":false,\"days\":1}",
            "{\"label\":\"x\",\"pilot\":false,\"robot\":false,\"days\":0}",
            "{\"label\":\"x\",\"pilot\":false,\"robot\":false,\"days\":366}")) {
      browser
          .api()
          .contentType("application/json")
          .body(body)
          .post("/api/staff/studies/" + study.slug + "/links")
          .then()
          .statusCode(400);
    }
  }
}
