package org.steerstudy;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A participant's whole way by clicking in a real Chromium; then what the server holds of it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ParticipantsWayTest {

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  @Inject SmallStudy study;
  @Inject AgroalDataSource database;

  @TestHTTPResource("/")
  URI server;

  private final List<String> errors = new ArrayList<>();
  private Playwright playwright;
  private Browser browser;
  private Page page;

  @BeforeEach
  void openTheBrowser() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(
                        Path.of(
                            Optional.ofNullable(System.getenv("STEERSTUDY_CHROMIUM"))
                                .orElse("/usr/bin/chromium")))
                    .setArgs(FLAGS));
    page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1280, 800));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(errors::add);
  }

  @AfterEach
  void closeTheBrowser() {
    browser.close();
    playwright.close();
  }

  @Test
  void aParticipantGoesFromTheLinkToTheEndAndEveryClickIsHeld() throws SQLException {
    page.navigate(server.resolve("/p/" + study.link()).toString());
    UUID session = UUID.fromString(page.url().substring(page.url().lastIndexOf('/') + 1));

    assertAccessible("the consent");
    page.getByLabel("I agree to take part.").check();
    button("I agree and continue").click();

    heading("Before we begin");
    assertAccessible("the questionnaire");
    page.getByLabel("Research", new Page.GetByLabelOptions().setExact(true)).check();
    page.getByLabel("For how many years?").fill("4");
    button("Continue").click();

    solveTheSteeringTask();
    answerTheAttributionTask();

    heading("Thank you");
    assertThat(page.getByText("complete").first()).isVisible();

    assertEquals(List.of(), errors, "errors in the browser's console");
    assertEquals("complete", one("select state from session where id = ?", session));
    assertEquals(
        "suppress undo redo",
        one(
            "select string_agg(kind, ' ' order by position) from intervention where session_id = ? and phase = 'applied'",
            session));
    assertEquals(
        "1 1",
        one(
            "select count(*) filter (where kind = 'sweep') || ' ' || count(*) filter (where kind = 'ripple') from measurement where session_id = ?",
            session));
    assertEquals(
        "task-1 true, task-2 true",
        one(
            "select string_agg(step_id || ' ' || success, ', ' order by step_id) from task_outcome where session_id = ?",
            session));
    assertEquals(
        "0",
        one("select count(*)::text from session_gap where session_id = ?", session),
        "no event is missing");
    assertEquals(
        "0",
        one(
            """
            select count(*)::text from attribution_view v
            where v.session_id = ? and not exists (
              select from event e where e.session_id = v.session_id and e.type = 'attribution.shown'
                and e.payload ->> 'viewId' = v.id::text)""",
            session),
        "the browser has said of every view that it was painted");
  }

  @Test
  void aReloadGoesOnWithTheStandingEdits() throws SQLException {
    page.navigate(server.resolve("/p/" + study.link()).toString());
    page.getByLabel("I agree to take part.").check();
    button("I agree and continue").click();
    heading("Before we begin");
    page.getByLabel("Research", new Page.GetByLabelOptions().setExact(true)).check();
    page.getByLabel("For how many years?").fill("4");
    button("Continue").click();
    beginTheTask();
    suppressTheStrongest().click();
    assertThat(button("Undo")).not().hasAttribute("aria-disabled", "true");

    page.reload();
    assertThat(suppressTheStrongest()).hasAttribute("aria-pressed", "true");
    button("Undo").click();
    assertThat(suppressTheStrongest()).hasAttribute("aria-pressed", "false");
  }

  private void solveTheSteeringTask() {
    beginTheTask();
    assertAccessible("the workbench");
    suppressTheStrongest().click();
    assertThat(suppressTheStrongest()).hasAttribute("aria-pressed", "true");
    button("Undo").click();
    assertThat(suppressTheStrongest()).hasAttribute("aria-pressed", "false");
    button("Redo").click();
    assertThat(suppressTheStrongest()).hasAttribute("aria-pressed", "true");
    page.locator(".part__name").first().click();
    button("Measure latent").click();
    assertThat(page.getByText("control: latent")).isVisible();
    button("Check other pictures").click();
    assertThat(page.getByText("control: random direction")).isVisible();
    answer("What is around the object");
  }

  private void beginTheTask() {
    page.getByLabel("What do you think the model uses?").fill("the water around it");
    button("Save and begin").click();
    assertThat(suppressTheStrongest()).isEnabled();
  }

  private void answerTheAttributionTask() {
    assertThat(page.getByText("What do you think the model uses here?")).isVisible();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Suppress latent"))).hasCount(0);
    answer("A mark");
  }

  private void answer(String cause) {
    button("I found it").click();
    page.getByLabel(cause).check();
    button("Give this answer").click();
    heading("Solved.");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Continue"))
        .click();
  }

  private Locator suppressTheStrongest() {
    return page.getByRole(AriaRole.BUTTON, named("Suppress latent")).first();
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, named(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private void heading(String name) {
    assertThat(page.getByRole(AriaRole.HEADING, named(name)).first()).isVisible();
  }

  private void assertAccessible(String what) {
    List<String> violations =
        new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                .analyze()
                .getViolations()
                .stream()
                .map(Rule::toString)
                .toList();
    assertTrue(violations.isEmpty(), () -> what + ": " + String.join("\n", violations));
  }

  private String one(String query, UUID session) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(query)) {
      select.setObject(1, session);
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next(), query);
        return row.getString(1);
      }
    }
  }
}
