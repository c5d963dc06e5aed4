package org.steerstudy.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.steerstudy.engine.EngineException;

class FingerprintTest {

  @TempDir Path folder;

  @Test
  void dependsOnDeclaredFilesOnly() throws IOException {
    Files.writeString(folder.resolve("a"), "one");
    String before = fingerprint("a", "b");
    Files.writeString(folder.resolve("README"), "changes nothing");
    assertEquals(before, fingerprint("a", "b"));
    Files.writeString(folder.resolve("b"), "");
    assertNotEquals(before, fingerprint("a", "b"), "an empty file is not an absent one");
  }

  @Test
  void cannotBeFooledByMovingBytesFromOneFileToTheNext() throws IOException {
    Files.writeString(folder.resolve("a"), "one");
    Files.writeString(folder.resolve("b"), "two");
    String before = fingerprint("a", "b");
    Files.writeString(folder.resolve("a"), "onet");
    Files.writeString(folder.resolve("b"), "wo");
    assertNotEquals(before, fingerprint("a", "b"));
  }

  @Test
  void framesTextsSoThatTheirBordersCount() {
    assertNotEquals(Sha256.of(List.of("ab", "c")), Sha256.of(List.of("a", "bc")));
    assertNotEquals(Sha256.of(List.of("a")), Sha256.of(List.of("a", "")));
    // from Python: hashlib.sha256(struct.pack(">II", 1, 1) + b"a").hexdigest()
    assertEquals(
        "d6763a78f2ada70dc4816b3f3a68cdb7723a3970a1d84af66b2bb9e96fe4cc8b",
        Sha256.of(List.of("a")));
  }

  private String fingerprint(String... files) {
    return FolderFingerprint.of(folder, List.of(files), EngineException.Kind.CHECKPOINT);
  }
}
