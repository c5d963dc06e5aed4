package org.steerstudy.engine.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Sha256;

class PictureDecoderTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "pictures");

  static Stream<Map.Entry<String, JsonNode>> pictures() {
    return Demo.json(FOLDER.resolve("golden.json")).properties().stream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void decodesToThePixelsOfPillowOrRefuses(Map.Entry<String, JsonNode> picture) {
    byte[] encoded = Demo.bytes(FOLDER.resolve(picture.getKey()));
    JsonNode expected = picture.getValue();
    if (expected.isNull()) {
      assertRefused(encoded, "Save");
      return;
    }
    RgbImage image = PictureDecoder.decode(encoded);
    assertEquals(expected.get("size").get(0).intValue(), image.width());
    assertEquals(expected.get("size").get(1).intValue(), image.height());
    assertEquals(expected.get("sha256").textValue(), Sha256.of(image.samples()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "GIF89a", "not a picture at all", "<svg/>"})
  void refusesWhatIsNoPicture(String text) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), "not a JPEG or PNG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg-420.jpg", "jpeg-progressive.jpg", "png-rgb.png"})
  void refusesAPictureThatEndsEarly(String name) {
    byte[] whole = Demo.bytes(FOLDER.resolve(name));
    for (int percent : new int[] {5, 25, 50, 75, 95}) {
      assertRefused(Arrays.copyOf(whole, whole.length * percent / 100), "gain");
    }
  }

  @Test
  void refusesAPictureThatIsHugeWithoutDecodingIt() {
    assertRefused(pngOfSize(100_000, 100_000), "at most 40 million");
    assertRefused(pngOfSize(40_000_001, 1), "at most 40 million");
  }

  @Test
  void refusesAPictureWithoutPixels() {
    assertRefused(pngOfSize(0, 10), "");
  }

  private static void assertRefused(byte[] encoded, String reason) {
    EngineException e = assertThrows(EngineException.class, () -> PictureDecoder.decode(encoded));
    assertEquals(EngineException.Kind.PICTURE, e.kind());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  /** A PNG whose header declares a size and which has no pixels. */
  private static byte[] pngOfSize(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    return ByteBuffer.allocate(8 + 4 + 17 + 4 + 64)
        .put(signature)
        .putInt(13)
        .put(header)
        .putInt((int) crc.getValue())
        .array();
  }
}
