package org.steerstudy.report;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.steerstudy.TestDatabase;
import org.steerstudy.access.StaffBrowser;
import org.steerstudy.access.StaffFixture;
import org.steerstudy.export.RecordedSession;
import org.steerstudy.export.RecordedStudy;
import org.steerstudy.export.WholeSession;

/** What researchers see is what is stored, people apart from pilots and robots. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ResearcherPagesTest {

  @Inject AgroalDataSource database;
  @Inject ReadOnlyDatabase readOnly;

  private StaffBrowser browser;
  private RecordedStudy study;
  private RecordedSession whole;
  private RecordedSession gappy;

  @BeforeEach
  void recordAStudy() throws SQLException {
    browser = new StaffFixture(database).signedIn();
    try (Connection connection = database.getConnection()) {
      study = RecordedStudy.create(connection, "study-" + UUID.randomUUID());
      whole = WholeSession.in(study, 1);
      gappy = study.begin(2, false, false).step("consent", "consent");
      gappy.events(1, 3).events(6, 6).declare(9);
      WholeSession.in(study, 3, true, false);
      WholeSession.in(study, 4, false, true);
    }
  }

  @Test
  void theListCountsPeopleApartFromPilotsAndRobots() {
    Map<String, Object> row =
        browser
            .api()
            .get("/api/staff/studies")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .<Map<String, Object>>getList("")
            .stream()
            .filter(each -> each.get("slug").equals(study.slug))
            .findFirst()
            .orElseThrow();

    assertEquals(
        List.of(1, 1, 1, 1, 2),
        List.of(
            row.get("running"),
            row.get("complete"),
            row.get("pilots"),
            row.get("robots"),
            row.get("links")));
    browser.get("/staff").then().statusCode(200).body(containsString(study.slug));
  }

  @Test
  void aStudyShowsFunnelSessionsAndTotals() {
    browser
        .api()
        .get("/api/staff/studies/" + study.slug)
        .then()
        .statusCode(200)
        .body("funnel.links", is(2))
        .body("funnel.opened", is(2))
        .body("funnel.consented", is(0))
        .body("funnel.complete", is(1))
        .body("sessions.pseudonym", is(List.of("P001", "P002")))
        .body("sessions[0].activity.suppress", is(1))
        .body("sessions[0].activity.amplify", is(1))
        .body("sessions[0].activity.other", is(1))
        .body("sessions[0].activity.previews", is(1))
        .body("sessions[0].tasksSolved", is(1))
        .body("sessions[0].completeness.declared", is(true))
        .body("sessions[1].completeness.held", is(4))
        .body("sessions[1].completeness.expected", is(9))
        .body("sessions[1].state", is("running"))
        .body("sessions[1].finishedAt", nullValue())
        .body("totals.activity.suppress", is(1))
        .body("totals.eventsMissing", is(5))
        .body("counts.pilots", is(1))
        .body("counts.robots", is(1))
        .body("links.label", hasItem("Anna Example"));
  }

  @Test
  void whoAndHowFarChooseTheSessions() {
    String address = "/api/staff/studies/" + study.slug;
    assertEquals(List.of("P003"), shown(address + "?who=pilots"));
    assertEquals(List.of("P004"), shown(address + "?who=robots"));
    assertEquals(List.of("P001", "P002", "P003", "P004"), shown(address + "?who=all"));
    assertEquals(List.of("P001"), shown(address + "?reached=complete"));
    assertEquals(List.of("P002"), shown(address + "?reached=running"));
    assertEquals(List.of(), shown(address + "?reached=consented"));
    browser
        .api()
        .get(address + "?who=nobody")
        .then()
        .statusCode(400)
        .body("detail", containsString("people, pilots, robots, all"));
  }

  @Test
  void aSessionListsEveryStoredRowInOrder() {
    JsonPath page =
        browser
            .api()
            .get("/api/staff/sessions/" + whole.id)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    List<String> records = page.getList("evidence.entries.record");
    assertEquals(19, count(records, "event"));
    assertEquals(2, count(records, "step"));
    assertEquals(1, count(records, "view"));
    assertEquals(5, count(records, "intervention"));
    assertEquals(3, count(records, "measurement"));
    assertEquals(1, count(records, "answer"));
    assertEquals(1, count(records, "outcome"));
    List<String> times = page.getList("evidence.entries.at");
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(
        "Latent 989, 1.00 × → 0.00 × of its activation; ‘boat’ 70.0 % → ‘boat’ 70.0 %",
        summaryOf(page, "suppress"));
    assertTrue(
        summaryOf(page, "view").contains("2 active latents, strongest 989 (+3.70), 12 (-0.00)"));
    assertEquals("Attempt 1, cause ‘water’: solved (cause met)", summaryOf(page, "solved"));
    assertEquals("taking-part: true", summaryOf(page, "answer"));
    List<Map<String, String>> fingerprints =
        page.getList("evidence.entries.find { it.kind == 'view' }.fingerprints");
    assertTrue(fingerprints.contains(Map.of("name", "sae_sha256", "value", "bb")));
  }

  @Test
  void theKindInTheAddressChoosesTheRows() {
    assertEquals(List.of("suppress"), kinds("?kind=suppress"));
    assertEquals(List.of("preview"), kinds("?kind=preview"));
    assertEquals(List.of("suppress", "amplify", "other", "undo"), kinds("?kind=intervention"));
    assertEquals(List.of("sweep", "ripple", "ablation"), kinds("?kind=measurement"));
    assertEquals(List.of("solved"), kinds("?kind=outcome"));
    assertEquals(List.of("step", "answer"), kinds("?step=consent"));
    browser.api().get("/api/staff/sessions/" + whole.id + "?kind=x").then().statusCode(400);
  }

  @Test
  void missingNumbersStandOnTheSessionsPage() {
    browser
        .api()
        .get("/api/staff/sessions/" + gappy.id)
        .then()
        .body("tabs[0].declared", is(9))
        .body(
            "tabs[0].missing",
            is(List.of(Map.of("first", 4, "last", 5), Map.of("first", 7, "last", 9))));
    browser.get("/staff/sessions/" + gappy.id).then().body(containsString("4–5, 7–9"));
  }

  @Test
  void theRowsBehindATotalOfAStudyCanBeOpened() {
    JsonPath page =
        browser
            .api()
            .get("/api/staff/studies/" + study.slug + "/evidence?who=all&kind=suppress")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertEquals(List.of("P001", "P003", "P004"), page.getList("evidence.entries.pseudonym"));
    browser
        .api()
        .get("/api/staff/studies/" + study.slug + "/evidence?kind=suppress")
        .then()
        .body("evidence.entries.pseudonym", is(List.of("P001")));
  }

  @Test
  void aLongSessionIsReadPageByPageWithoutLossOrRepetition() throws SQLException {
    try (Connection connection = database.getConnection()) {
      RecordedStudy large = RecordedStudy.create(connection, "large-" + UUID.randomUUID());
      RecordedSession run = large.begin(1, false, false).events(1, 450);
      List<Object> ids = new ArrayList<>();
      String after = "";
      int pages = 0;
      while (after != null) {
        JsonPath page =
            browser.api().get("/api/staff/sessions/" + run.id + "?kind=event" + after).jsonPath();
        ids.addAll(page.getList("evidence.entries.id"));
        String next = page.getString("evidence.next");
        after = next == null ? null : "&after=" + next;
        pages++;
      }

      assertEquals(5, pages);
      assertEquals(450, ids.size());
      assertEquals(450, new LinkedHashSet<>(ids).size());
    }
    browser.api().get("/api/staff/sessions/" + whole.id + "?after=x").then().statusCode(400);
  }

  @Test
  void everyNumberOnAStudysPageOpensAPageThatShowsAsMany() {
    String page = browser.get("/staff/studies/" + study.slug).asString();
    Matcher link = Pattern.compile("<a class=\"count\" href=\"([^\"]+)\">(\\d+)</a>").matcher(page);
    Set<String> opened = new LinkedHashSet<>();
    while (link.find()) {
      String address = link.group(1).replace("&amp;", "&");
      if (address.contains("kind=")) {
        JsonPath evidence = browser.api().get("/api" + address).jsonPath();
        assertEquals(
            Integer.parseInt(link.group(2)), evidence.getList("evidence.entries").size(), address);
        opened.add(address);
      }
    }
    assertTrue(opened.size() > 8, opened::toString);
  }

  @Test
  void whatIsUnknownIsAProblem() {
    browser.api().get("/api/staff/studies/no-such").then().statusCode(404);
    browser.api().get("/api/staff/sessions/" + UUID.randomUUID()).then().statusCode(404);
    browser
        .get("/staff/studies/no-such")
        .then()
        .statusCode(404)
        .contentType(containsString("text/html"));
  }

  @Test
  void emptyPagesSayHowToFillThem() throws SQLException {
    try (Connection connection = database.getConnection()) {
      RecordedStudy fresh = RecordedStudy.create(connection, "fresh-" + UUID.randomUUID());
      String address = "/staff/studies/" + fresh.slug;

      browser
          .get(address)
          .then()
          .statusCode(200)
          .body(
              allOf(containsString("Create one"), containsString("No link has been created yet")));
      browser.get(address + "?who=robots").then().body(containsString("./steerstudy demo"));
      browser.api().get("/api" + address).then().body("sessions", empty());
    }
  }

  @Test
  void textOfParticipantsIsShownAsText() throws SQLException {
    try (Connection connection = database.getConnection()) {
      RecordedStudy hostile = RecordedStudy.create(connection, "hostile-" + UUID.randomUUID());
      RecordedSession run = hostile.begin(1, false, false).step("boat", "workbench");
      run.answer("boat", "hypothesis", 1, "\"<script>alert(1)</script>\"");

      browser
          .get("/staff/sessions/" + run.id)
          .then()
          .body(not(containsString("<script>alert")))
          .body(containsString("&lt;script&gt;alert"));
    }
  }

  @Test
  void aReportCannotWrite() {
    ReportException refused =
        assertThrows(
            ReportException.class,
            () ->
                readOnly.read(
                    snapshot ->
                        snapshot
                            .createStatement()
                            .executeUpdate(
                                "insert into study (id, slug, created_at) values (gen_random_uuid(), 'x', now())")));

    assertEquals("25006", ((SQLException) refused.getCause()).getSQLState());
  }

  private List<String> shown(String address) {
    return browser.api().get(address).jsonPath().getList("sessions.pseudonym");
  }

  private List<String> kinds(String query) {
    return browser
        .api()
        .get("/api/staff/sessions/" + whole.id + query)
        .jsonPath()
        .getList("evidence.entries.kind");
  }

  private static String summaryOf(JsonPath page, String kind) {
    return page.getString("evidence.entries.find { it.kind == '" + kind + "' }.summary");
  }

  private static long count(List<String> records, String record) {
    return records.stream().filter(record::equals).count();
  }
}
