package org.steerstudy.access;

import static io.restassured.RestAssured.given;
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
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.TestDatabase;

/** Who gets in, who does not, and what is kept of it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SigningInTest {

  @Inject AgroalDataSource database;

  private StaffFixture staff;

  @BeforeEach
  void fixture() {
    staff = new StaffFixture(database);
  }

  @Test
  void loginAndPasswordOpenTheStaffPages() throws SQLException {
    String login = staff.account();
    StaffBrowser browser = new StaffBrowser();

    Response signedIn = browser.signIn(login, StaffFixture.PASSWORD);

    signedIn.then().statusCode(303).header("Location", containsString("/staff"));
    String cookie = signedIn.getHeaders().getValues("Set-Cookie").toString();
    assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
    browser.get("/staff/password").then().statusCode(200).body(containsString(login));
    assertEquals(List.of("sign-in"), staff.audited(login));
  }

  @Test
  void theTokenIsStoredAsAHashOnly() throws SQLException {
    String login = staff.account();

    String token =
        new StaffBrowser().signIn(login, StaffFixture.PASSWORD).getCookie(StaffCookie.NAME);

    assertEquals(43, token.length());
    List<String> held =
        staff.query(
            "select encode(token_hash, 'escape') from staff_session s join staff_account a on a.id = s.account_id"
                + " where a.login = ?",
            login);
    assertEquals(1, held.size());
    assertFalse(held.get(0).contains(token));
  }

  @Test
  void aWrongPasswordIsRefusedInTheSameWordsAsAnUnknownLogin() throws SQLException {
    String login = staff.account();
    Response wrong = new StaffBrowser().signIn(login, "wrong horse battery");
    Response unknown = new StaffBrowser().signIn("nobody", StaffFixture.PASSWORD);

    wrong.then().statusCode(401).body(containsString("Login or password is wrong"));
    unknown.then().statusCode(401).body(containsString("Login or password is wrong"));
    assertEquals(List.of("sign-in.failed"), staff.audited(login));
    assertEquals(List.of(), staff.audited("nobody"));
  }

  @Test
  void tenWrongPasswordsLockTheAccountForAWhile() throws SQLException {
    String login = staff.account();
    for (int i = 0; i < 10; i++) {
      new StaffBrowser().signIn(login, "wrong " + i).then().statusCode(401);
    }

    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(401);

    assertEquals(
        List.of("t"),
        staff.query(
            "select locked_until between now() + interval '14 minutes' and now() + interval '15 minutes'"
                + " from staff_account where login = ?",
            login));
    staff.execute("update staff_account set locked_until = now() where login = '" + login + "'");
    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(303);
  }

  @Test
  void aRightPasswordForgetsTheWrongOnes() throws SQLException {
    String login = staff.account();
    for (int i = 0; i < 9; i++) {
      new StaffBrowser().signIn(login, "wrong " + i).then().statusCode(401);
    }
    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(303);

    new StaffBrowser().signIn(login, "wrong again").then().statusCode(401);

    new StaffBrowser().signIn(login, StaffFixture.PASSWORD).then().statusCode(303);
  }

  @Test
  void aPageWithoutSignInLeadsToTheFormAndBack() throws SQLException {
    StaffBrowser browser = new StaffBrowser();
    browser
        .get("/staff/password?x=1")
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/login?to=%2Fstaff%2Fpassword%3Fx%3D1"));

    browser
        .submit(
            "/staff/login?to=%2Fstaff%2Fpassword%3Fx%3D1",
            "/staff/login",
            "login",
            staff.account(),
            "password",
            StaffFixture.PASSWORD,
            "to",
            "/staff/password?x=1")
        .then()
        .statusCode(303)
        .header("Location", containsString("/staff/password?x=1"));
  }

  @Test
  void aProgramWithoutSignInGetsAProblemDocument() {
    given()
        .get("/api/staff/studies")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("status", is(401));
  }

  @Test
  void anInventedTokenOpensNothing() {
    given().cookie(StaffCookie.NAME, "invented").get("/api/staff/studies").then().statusCode(401);
  }

  @Test
  void signingOutClosesTheSessionOnTheServer() throws SQLException {
    String login = staff.account();
    StaffBrowser browser = new StaffBrowser();
    String token = browser.signIn(login, StaffFixture.PASSWORD).getCookie(StaffCookie.NAME);

    browser.submit("/staff/password", "/staff/logout").then().statusCode(303);

    given()
        .cookie(StaffCookie.NAME, token)
        .redirects()
        .follow(false)
        .get("/staff/password")
        .then()
        .statusCode(303);
    assertEquals(List.of("sign-in", "sign-out"), staff.audited(login));
  }

  @Test
  void aSignInEndsAfterItsTimeAndIsRenewedByUse() throws SQLException {
    String login = staff.account();
    StaffBrowser browser = StaffBrowser.signedIn(login, StaffFixture.PASSWORD);
    expireAt(login, "now() + interval '1 hour'");

    browser.get("/staff/password").then().statusCode(200);

    assertEquals(List.of("t"), sessionOf(login, "expires_at > now() + interval '7 hours'"));
    expireAt(login, "now() - interval '1 second'");
    browser.get("/staff/password").then().statusCode(303);
  }

  @Test
  void noUseKeepsASignInOpenForEver() throws SQLException {
    String login = staff.account();
    StaffBrowser browser = StaffBrowser.signedIn(login, StaffFixture.PASSWORD);
    staff.execute(
        "update staff_session set created_at = now() - interval '6 days 22 hours',"
            + " expires_at = now() + interval '1 hour' where account_id ="
            + " (select id from staff_account where login = '"
            + login
            + "')");

    browser.get("/staff/password").then().statusCode(200);

    assertEquals(List.of("t"), sessionOf(login, "expires_at <= created_at + interval '7 days'"));
  }

  private void expireAt(String login, String when) throws SQLException {
    staff.execute(
        "update staff_session set expires_at = "
            + when
            + " where account_id = (select id from staff_account where login = '"
            + login
            + "')");
  }

  private List<String> sessionOf(String login, String expression) throws SQLException {
    return staff.query(
        "select "
            + expression
            + " from staff_session s where account_id = (select id from staff_account where login = ?)",
        login);
  }
}
