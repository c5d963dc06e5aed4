package org.steerstudy.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void theOrderOfKeysDoesNotMatterAtAnyDepth() throws Exception {
    assertEquals(
        CanonicalJson.sha256(json.readTree("{\"b\":{\"y\":1,\"x\":2},\"a\":[1,2]}")),
        CanonicalJson.sha256(json.readTree("{\"a\":[1,2],\"b\":{\"x\":2,\"y\":1}}")));
  }

  @Test
  void theOrderOfAListMatters() throws Exception {
    assertNotEquals(
        CanonicalJson.sha256(json.readTree("[1,2]")), CanonicalJson.sha256(json.readTree("[2,1]")));
  }

  @Test
  void aRecordAndAMapOfTheSameContentAreTheSame() {
    record Point(int x, int y) {}
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("y", 2);
    map.put("x", 1);
    assertEquals(CanonicalJson.text(map), CanonicalJson.text(new Point(1, 2)));
  }
}
