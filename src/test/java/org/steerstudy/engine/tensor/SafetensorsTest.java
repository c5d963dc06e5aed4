package org.steerstudy.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.engine.EngineException;

class SafetensorsTest {

  @TempDir Path folder;

  @Test
  void readsSinglePrecisionFromNativeMemoryAndIntoAnArray() throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}}",
            floats(1, 2, 3, 4, 5, 6, -7.5f));
    try (Safetensors tensors = Safetensors.open(file, EngineException.Kind.SAE);
        NDManager owner = PyTorch.newOwner()) {
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, tensors.floats("a", 2, 3));
      assertArrayEquals(
          new float[] {1, 2, 3, 4, 5, 6}, tensors.read("a", owner, 2, 3).toFloatArray());
      assertEquals(-7.5f, tensors.read("b", owner).getFloat());
      assertEquals(2, owner.getManagedArrays().size(), "only the two results stay with the owner");
    }
  }

  @Test
  void readsHalfPrecisionsExactly() throws IOException {
    // 1, -2, the smallest subnormal, the greatest finite half; then 1 and -3.140625 as bfloat16
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (int bits : new int[] {0x3c00, 0xc000, 0x0001, 0x7bff, 0x3f80, 0xc049}) {
      data.putShort((short) bits);
    }
    Path file =
        file(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[8,12]}}",
            data.array());
    try (Safetensors tensors = Safetensors.open(file, EngineException.Kind.SAE);
        NDManager owner = PyTorch.newOwner()) {
      float[] half = {1, -2, 0x1p-24f, 65504};
      float[] brain = {1, -3.140625f};
      assertArrayEquals(half, tensors.floats("h", 4));
      assertArrayEquals(half, tensors.read("h", owner, 4).toFloatArray());
      assertArrayEquals(brain, tensors.floats("b", 2));
      assertArrayEquals(brain, tensors.read("b", owner, 2).toFloatArray());
    }
  }

  @Test
  void namesTheTensorThatIsMissingOrMisshapen() throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}}",
            new byte[16]);
    try (Safetensors tensors = Safetensors.open(file, EngineException.Kind.SAE);
        NDManager owner = PyTorch.newOwner()) {
      assertRefused("'gone' is missing", () -> tensors.floats("gone", 2));
      assertRefused("asks for [3]", () -> tensors.read("a", owner, 3));
      assertRefused("type I64", () -> tensors.read("i", owner, 1));
    }
  }

  @Test
  void refusesValuesThatAreNotNumbers() throws IOException {
    Path file =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            floats(1, Float.NaN));
    Path infinite =
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
            floats(Float.POSITIVE_INFINITY, 3));
    for (Path each : new Path[] {file, infinite}) {
      try (Safetensors tensors = Safetensors.open(each, EngineException.Kind.SAE);
          NDManager owner = PyTorch.newOwner()) {
        assertRefused("not a number", () -> tensors.floats("a", 2));
        assertRefused("not a number", () -> tensors.read("a", owner, 2));
      }
    }
  }

  @Test
  void refusesAFileThatIsCutAnywhere() throws IOException {
    Path whole =
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", floats(1, 2));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, length));
      assertThrows(EngineException.class, () -> open(cut), "cut to " + length + " bytes");
    }
    Path longer = Files.write(folder.resolve("long"), Arrays.copyOf(bytes, bytes.length + 1));
    assertRefused("longer than its header declares", () -> open(longer));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 17 << 20})
  void refusesAHeaderOfAnImpossibleLengthWithoutReservingIt(long length) throws IOException {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    Path file = Files.write(folder.resolve("huge.safetensors"), bytes);
    assertRefused("declares a header", () -> open(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":",
        "{\"a\":1}",
        "{} {}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"pickle\",\"shape\":[8],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}}"
      })
  void refusesAHeaderThatLies(String header) throws IOException {
    Path file = file(header, new byte[8]);
    EngineException e = assertThrows(EngineException.class, () -> open(file));
    assertEquals(EngineException.Kind.SAE, e.kind());
    assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
  }

  @Test
  void saysWhenTheFileIsMissing() {
    assertRefused("missing", () -> open(folder.resolve("none.safetensors")));
  }

  private static void open(Path file) {
    Safetensors.open(file, EngineException.Kind.SAE).close();
  }

  private static void assertRefused(String reason, Runnable attempt) {
    EngineException e = assertThrows(EngineException.class, attempt::run);
    assertEquals(EngineException.Kind.SAE, e.kind());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    return Files.write(Files.createTempFile(folder, "test", ".safetensors"), bytes.array());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
