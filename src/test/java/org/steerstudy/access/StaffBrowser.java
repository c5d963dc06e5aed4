package org.steerstudy.access;

import static io.restassured.RestAssured.given;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser as far as staff pages need one: it keeps cookies and sends forms with their token. */
public final class StaffBrowser {

  private static final Pattern TOKEN =
      Pattern.compile("name=\"([^\"]*csrf[^\"]*)\" value=\"([^\"]+)\"");

  private final CookieFilter cookies = new CookieFilter();

  /** A browser in which this account has signed in. */
  public static StaffBrowser signedIn(String login, String password) {
    StaffBrowser browser = new StaffBrowser();
    browser.signIn(login, password).then().statusCode(303);
    return browser;
  }

  public RequestSpecification request() {
    return given().filter(cookies).redirects().follow(false).accept("text/html");
  }

  public RequestSpecification api() {
    return given().filter(cookies).redirects().follow(false).accept("application/json");
  }

  public Response get(String path) {
    return request().get(path);
  }

  public Response signIn(String login, String password) {
    return submit("/staff/login", "/staff/login", "login", login, "password", password);
  }

  /** Opens a page and sends a form that stands in it. */
  public Response submit(String page, String action, String... fields) {
    RequestSpecification form = request().header("Sec-Fetch-Site", "same-origin");
    Matcher token = TOKEN.matcher(get(page).asString());
    if (!token.find()) {
      throw new AssertionError("no form on " + page);
    }
    form.formParam(token.group(1), token.group(2));
    for (int i = 0; i < fields.length; i += 2) {
      form.formParam(fields[i], fields[i + 1]);
    }
    return form.post(action);
  }
}
