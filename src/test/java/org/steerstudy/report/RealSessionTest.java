package org.steerstudy.report;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.steerstudy.Participant;
import org.steerstudy.SmallStudy;
import org.steerstudy.TestDatabase;
import org.steerstudy.access.StaffBrowser;
import org.steerstudy.access.StaffFixture;
import org.steerstudy.export.ExportVerifier;
import org.steerstudy.export.Verification;

/** A session on the real engine, from the participant's requests to the researcher's files. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RealSessionTest {

  private static final int DOSES = 5;
  private static final String TASK = "/steps/task-1";

  @Inject SmallStudy study;
  @Inject AgroalDataSource database;

  private final UUID tab = UUID.randomUUID();
  private Participant participant;
  private String view;
  private int latent;
  private int prompts;

  @Test
  void whatAParticipantDidIsOnThePagesAndInTheExport() throws Exception {
    participant = study.participant().reachesTheTask();
    participant.sends(tab, 1, 2, 4).statusCode(200);
    workOnTheTask();
    StaffBrowser browser = new StaffFixture(database).signedIn();
    String address = "/api/staff/sessions/" + participant.session();

    JsonPath page = browser.api().get(address).then().statusCode(200).extract().jsonPath();
    assertEquals(
        List.of(1, 1, 1, 1, 3),
        List.of(
            page.getInt("session.activity.views"),
            page.getInt("session.activity.suppress"),
            page.getInt("session.activity.amplify"),
            page.getInt("session.activity.previews"),
            page.getInt("session.activity.sweeps")
                + page.getInt("session.activity.rippleChecks")
                + page.getInt("session.activity.ablations")));
    assertEquals(List.of(Map.of("first", 3, "last", 3)), missingOfTheTab(page));
    assertTrue(
        page.getString("evidence.entries.find { it.kind == 'suppress' }.summary")
            .startsWith("Latent " + latent + ", 1.00 × → 0.00 ×"));

    participant.sends(tab, 3).statusCode(200);
    browser.api().get(address).then().body("session.completeness.expected", is(heldNow(browser)));

    Path zip = Files.createTempFile("export", ".zip");
    Files.write(zip, browser.get("/staff/studies/small/export.zip").asByteArray());
    Verification verification = ExportVerifier.verify(zip);
    assertTrue(verification.intact(), verification::toString);
    assertEquals(2L * DOSES * prompts, rows(zip, "sweep_doses.csv").size());
    assertEquals(2, rows(zip, "ripple_controls.csv").size());
    assertEquals(16, rows(zip, "components.csv").size());
    CSVRecord removed = rows(zip, "ablations.csv").get(0);
    assertEquals(Integer.toString(latent), removed.get("latent"));
    assertTrue(Double.parseDouble(removed.get("effect")) < 0);
    CSVRecord ripple =
        rows(zip, "measurements.csv").stream()
            .filter(row -> row.get("kind").equals("ripple"))
            .findFirst()
            .orElseThrow();
    assertEquals("boat", ripple.get("own_class"));
    assertEquals(
        ripple.get("repaired"),
        Long.toString(
            rows(zip, "ripple_flips.csv").stream()
                .filter(row -> row.get("outcome").equals("repaired"))
                .count()));
    assertTrue(rows(zip, "ripple_flips.csv").get(0).get("image_sha256").matches("[0-9a-f]{64}"));
  }

  private void workOnTheTask() {
    participant.answer("task-1", "hypothesis", "the water around it").statusCode(200);
    JsonPath shown = post("/views", Map.of("target", 1, "contrast", 0));
    view = shown.getString("viewId");
    latent = shown.getInt("components[0].latent");
    prompts = shown.getList("predictions").size();
    intervene("preview", "scale", 0.5);
    intervene("applied", "suppress", 0);
    post("/sweeps", Map.of("viewId", view, "latent", latent));
    post("/ripple-checks", Map.of("viewId", view));
    post("/ablations", Map.of("viewId", view, "latents", List.of(latent)));
    intervene("applied", "scale", 2.0);
  }

  private void intervene(String phase, String operation, double value) {
    post(
        "/interventions",
        Map.of(
            "viewId", view,
            "phase", phase,
            "action", "edit",
            "latent", latent,
            "operation", operation,
            "value", value));
  }

  private JsonPath post(String path, Map<String, Object> body) {
    Map<String, Object> request = new HashMap<>(body);
    request.put("requestId", UUID.randomUUID());
    return participant.post(TASK + path, request).statusCode(200).extract().jsonPath();
  }

  private List<Map<String, Object>> missingOfTheTab(JsonPath page) {
    return page.getList("tabs.find { it.id == '" + tab + "' }.missing");
  }

  private int heldNow(StaffBrowser browser) {
    return browser
        .api()
        .get("/api/staff/sessions/" + participant.session())
        .jsonPath()
        .getInt("session.completeness.held");
  }

  /** The rows of this participant's session. */
  private List<CSVRecord> rows(Path zip, String table) throws Exception {
    try (ZipFile file = new ZipFile(zip.toFile());
        InputStreamReader in =
            new InputStreamReader(
                file.getInputStream(file.getEntry(table)), StandardCharsets.UTF_8)) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(in)
          .stream()
          .filter(row -> row.get("session_id").equals(participant.session().toString()))
          .toList();
    }
  }
}
