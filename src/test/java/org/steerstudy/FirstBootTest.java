package org.steerstudy;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The application starts on an empty database and answers. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class FirstBootTest {

  @Test
  void tellsTheTime() {
    given().get("/api/time").then().statusCode(200).body("now", greaterThan(1_700_000_000_000L));
  }

  @Test
  void anUnknownAddressIsAProblemDocumentForPrograms() {
    given()
        .get("/api/nothing")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("status", org.hamcrest.Matchers.is(404))
        .body("detail", containsString("Check the link"));
  }

  @Test
  void anUnknownAddressIsAPageForBrowsers() {
    given()
        .accept("text/html")
        .get("/nothing")
        .then()
        .statusCode(404)
        .contentType(containsString("text/html"))
        .body(containsString("There is nothing at this address"));
  }
}
