package org.steerstudy.engine.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.steerstudy.engine.EngineException;

/**
 * The fingerprint of those files of a folder that decide what it computes.
 *
 * <p>SHA-256 over the number of files (4 bytes) and, for each file in the given order, the length
 * of its name in UTF-8 (4 bytes), the name, its size (8 bytes, -1 when it is absent) and its
 * content; numbers are big-endian. The lengths keep two different folders from giving the same
 * bytes.
 */
public final class FolderFingerprint {

  private FolderFingerprint() {}

  /**
   * @param folder the folder
   * @param files the names, in an order that is part of the fingerprint
   * @return 64 hexadecimal digits
   * @throws EngineException of the given kind when a file cannot be read
   */
  public static String of(Path folder, List<String> files, EngineException.Kind kind) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(ByteBuffer.allocate(4).putInt(files.size()).flip());
    for (String name : files) {
      update(digest, folder.resolve(name), name, kind);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(
      MessageDigest digest, Path file, String name, EngineException.Kind kind) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    boolean present = Files.isRegularFile(file);
    try {
      long size = present ? Files.size(file) : -1;
      digest.update(ByteBuffer.allocate(4).putInt(nameBytes.length).flip());
      digest.update(nameBytes);
      digest.update(ByteBuffer.allocate(8).putLong(size).flip());
      if (present) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          byte[] buffer = new byte[1 << 16];
          while (in.read(buffer) >= 0) {
            // reading is what updates the digest
          }
        }
      }
    } catch (IOException e) {
      throw EngineException.file(kind, file, "the file cannot be read.", e);
    }
  }
}
