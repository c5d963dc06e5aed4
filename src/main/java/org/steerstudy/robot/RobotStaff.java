package org.steerstudy.robot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A researcher made of code: signs in, makes participant links, downloads exports. */
public final class RobotStaff {

  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

  private final Browser browser;

  private RobotStaff(Browser browser) {
    this.browser = browser;
  }

  /** A participant link as staff get it once. */
  public record Link(URI url, Instant expiresAt) {}

  /**
   * Signs in.
   *
   * @throws RobotException if login and password are refused, or if the password is the one-time
   *     password and an own one has to be chosen first
   */
  public static RobotStaff signIn(URI server, String login, String password) {
    Browser browser = new Browser(server);
    if (mustChoosePassword(open(browser, login, password))) {
      throw RobotException.broken(
          "The account %s still has its one-time password; choose one at /staff/password."
              .formatted(login));
    }
    return new RobotStaff(browser);
  }

  /** Signs in with a one-time password and chooses an own one, as everybody does at first. */
  public static RobotStaff signInFirst(URI server, String login, String oneTime, String fresh) {
    Browser browser = new Browser(server);
    if (!mustChoosePassword(open(browser, login, oneTime))) {
      throw RobotException.broken(
          "The account %s has chosen its password already.".formatted(login));
    }
    Map<String, String> form = form(browser, "/staff/password");
    form.put("current", oneTime);
    form.put("fresh", fresh);
    form.put("repeated", fresh);
    leadingOn(browser, browser.form("/staff/password", form));
    return new RobotStaff(browser);
  }

  /** A new link into a study. */
  public Link createLink(String slug, String label, boolean pilot, boolean robot, int days) {
    ObjectNode body = browser.json().createObjectNode();
    body.put("label", label).put("pilot", pilot).put("robot", robot).put("days", days);
    JsonNode created = browser.post("/api/staff/studies/" + slug + "/links", body);
    try {
      return new Link(
          URI.create(created.path("url").asText()),
          Instant.parse(created.path("expiresAt").asText()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw RobotException.unreadable("The new link " + created, e);
    }
  }

  /**
   * Downloads a study's export.
   *
   * @param include kinds of participants besides the real ones: {@code robots}, {@code pilots}
   * @param file ZIP to write; its folder must be there
   */
  public void export(String slug, List<String> include, Path file) {
    String query =
        include.isEmpty()
            ? ""
            : "?include=" + URLEncoder.encode(String.join(",", include), StandardCharsets.UTF_8);
    browser.download("/staff/studies/" + slug + "/export.zip" + query, file);
  }

  private static String open(Browser browser, String login, String password) {
    Map<String, String> form = form(browser, "/staff/login");
    form.put("login", login);
    form.put("password", password);
    return leadingOn(browser, browser.form("/staff/login", form));
  }

  /**
   * The hidden fields of the forms of a page, among them the one that proves where a form is from.
   */
  private static Map<String, String> form(Browser browser, String path) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher hidden = HIDDEN.matcher(browser.page(path).body());
    while (hidden.find()) {
      fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
    }
    return fields;
  }

  private static String leadingOn(Browser browser, Browser.Answer answer) {
    if (answer.status() != 303 || answer.location() == null) {
      throw browser.refused("POST", answer);
    }
    return URI.create(answer.location()).getPath();
  }

  private static boolean mustChoosePassword(String path) {
    return path.equals("/staff/password");
  }
}
