package org.steerstudy.access;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.TestDatabase;

/** The first account, and how a password is replaced. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PasswordsTest {

  @Inject AgroalDataSource database;
  @Inject StaffAccounts accounts;

  private StaffFixture staff;

  @BeforeEach
  void fixture() {
    staff = new StaffFixture(database);
  }

  @Test
  void aOneTimePasswordOpensThePageThatReplacesItAndNothingElse() throws SQLException {
    String login = staff.account(true);
    StaffBrowser browser = new StaffBrowser();
    browser
        .signIn(login, StaffFixture.PASSWORD)
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/password"));
    browser
        .get("/staff")
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/password"));
    browser.api().get("/api/staff/studies").then().statusCode(403);

    browser
        .submit(
            "/staff/password",
            "/staff/password",
            "current",
            StaffFixture.PASSWORD,
            "fresh",
            "another good password",
            "repeated",
            "another good password")
        .then()
        .statusCode(303)
        .header("Location", not(containsString("password")));

    browser
        .get("/staff/password")
        .then()
        .statusCode(200)
        .body(containsString("Change your password"));
    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(401);
    assertTrue(staff.audited(login).contains("password.changed"));
  }

  @Test
  void anotherBrowserIsSignedOutWhenThePasswordChanges() throws SQLException {
    String login = staff.account();
    StaffBrowser other = StaffBrowser.signedIn(login, StaffFixture.PASSWORD);
    StaffBrowser browser = StaffBrowser.signedIn(login, StaffFixture.PASSWORD);

    change(browser, StaffFixture.PASSWORD, "another good password").then().statusCode(303);

    other.get("/staff/password").then().statusCode(303);
    browser.get("/staff/password").then().statusCode(200);
  }

  @Test
  void aPasswordThatIsShortOrContainsTheLoginIsNotAccepted() throws SQLException {
    String login = staff.account();
    StaffBrowser browser = StaffBrowser.signedIn(login, StaffFixture.PASSWORD);

    change(browser, StaffFixture.PASSWORD, "short")
        .then()
        .statusCode(422)
        .body(containsString("at least 12 characters"));
    change(browser, StaffFixture.PASSWORD, login + " 1").then().statusCode(422);
    change(browser, StaffFixture.PASSWORD, "a".repeat(73)).then().statusCode(422);
    change(browser, StaffFixture.PASSWORD, StaffFixture.PASSWORD).then().statusCode(422);
    change(browser, "wrong", "another good password")
        .then()
        .statusCode(422)
        .body(containsString("present password is wrong"));
    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(303);
  }

  @Test
  void theFirstStartMakesOneAccountAndSaysItsPasswordOnce() throws SQLException {
    staff.execute("delete from staff_session; delete from staff_account");

    StaffAccounts.OneTimePassword first =
        accounts.ensureFirstAccount(Optional.empty()).orElseThrow();

    assertEquals("researcher", first.login());
    assertTrue(first.password().matches("([a-z2-9]{4}-){4}[a-z2-9]{4}"), first.password());
    assertEquals(Optional.empty(), accounts.ensureFirstAccount(Optional.empty()));
    assertEquals(Optional.empty(), accounts.ensureFirstAccount(Optional.of("something else")));
    new StaffBrowser()
        .signIn(first.login(), first.password())
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/password"));
  }

  @Test
  void aConfiguredPasswordNeedsNoChange() throws SQLException {
    staff.execute("delete from staff_session; delete from staff_account");

    assertEquals(Optional.empty(), accounts.ensureFirstAccount(Optional.of("configured password")));

    new StaffBrowser()
        .signIn("researcher", "configured password")
        .then()
        .statusCode(303)
        .header("Location", not(containsString("password")));
  }

  private Response change(StaffBrowser browser, String current, String fresh) {
    return browser.submit(
        "/staff/password",
        "/staff/password",
        "current",
        current,
        "fresh",
        fresh,
        "repeated",
        fresh);
  }
}
