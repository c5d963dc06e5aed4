package org.steerstudy.robot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of robots that need no server. */
class RobotPartsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void idsCarryTheTimeTheVersionAndTheVariant() {
    TimeOrderedIds ids = new TimeOrderedIds(Clock.fixed(NOW, ZoneOffset.UTC));
    Set<UUID> drawn = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      UUID id = ids.next();
      assertEquals(7, id.version());
      assertEquals(2, id.variant());
      assertEquals(NOW.toEpochMilli(), id.getMostSignificantBits() >>> 16);
      drawn.add(id);
    }
    assertEquals(1000, drawn.size());
  }

  @Test
  void everyAnswerFitsItsItemWhateverTheSeed() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      FormAnswers forms = new FormAnswers(seed);
      assertEquals("true", forms.value(item("{'type':'consent'}")).toString());
      assertTrue(
          Set.of("a", "b")
              .contains(
                  forms
                      .value(item("{'type':'choice','options':[{'id':'a'},{'id':'b'}]}"))
                      .asText()));
      JsonNode several =
          forms.value(item("{'type':'multiple','options':[{'id':'a'},{'id':'b'},{'id':'c'}]}"));
      assertTrue(several.isArray() && !several.isEmpty(), several.toString());
      assertBetween(1, 5, forms.value(item("{'type':'likert','points':5}")));
      assertBetween(-1, 1, forms.value(item("{'type':'slider','min':-1,'max':1,'step':0.25}")));
      assertBetween(0, 60, forms.value(item("{'type':'number','min':0,'max':60}")));
      assertBetween(1990, 1990.5, forms.value(item("{'type':'number','min':1990,'max':1990.5}")));
      assertBetween(-1e9, 5, forms.value(item("{'type':'number','max':5}")));
      assertBetween(7, 1e9, forms.value(item("{'type':'number','min':7}")));
      assertTrue(forms.value(item("{'type':'long-text','id':'x'}")).asText().contains("\"x\""));
      assertBetween(0, 100, forms.percentage());
    }
  }

  @Test
  void theSameSeedGivesTheSameAnswers() throws IOException {
    JsonNode item = item("{'type':'slider','min':0,'max':1000}");
    List<JsonNode> one = new ArrayList<>();
    List<JsonNode> other = new ArrayList<>();
    FormAnswers first = new FormAnswers(5);
    FormAnswers second = new FormAnswers(5);
    for (int i = 0; i < 20; i++) {
      one.add(first.value(item));
      other.add(second.value(item));
    }
    assertEquals(one, other);
    assertTrue(new HashSet<>(one).size() > 1);
  }

  @Test
  void anItemOfAnUnknownTypeIsNamed() {
    RobotException refusal =
        assertThrows(
            RobotException.class, () -> new FormAnswers(1).value(item("{'type':'ranking'}")));
    assertTrue(refusal.getMessage().contains("\"ranking\""), refusal.getMessage());
  }

  @Test
  void aRobotScriptIsReadAndABrokenOneNamed(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("robot.json"), "{\"seed\":4,\"causes\":{\"t\":\"x\"}}");
    assertEquals(new RobotScript(4, Map.of("t", "x")), RobotScript.read(file));
    Files.writeString(file, "{\"seed\":4}");
    RobotException refusal = assertThrows(RobotException.class, () -> RobotScript.read(file));
    assertTrue(refusal.getMessage().startsWith(file + " cannot be read"), refusal.getMessage());
  }

  private JsonNode item(String text) throws IOException {
    return json.readTree(text.replace('\'', '"'));
  }

  private static void assertBetween(double min, double max, JsonNode value) {
    assertTrue(
        value.isNumber() && value.asDouble() >= min && value.asDouble() <= max, value.toString());
  }
}
