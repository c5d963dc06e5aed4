package org.steerstudy.engine.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 as 64 hexadecimal digits, the form in which every fingerprint of the engine is given. */
public final class Sha256 {

  private Sha256() {}

  /** The fingerprint of bytes as they are. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /**
   * The fingerprint of a list of texts: their number (4 bytes), and for each the length of its
   * UTF-8 bytes (4 bytes) and the bytes; numbers are big-endian. Two lists that differ only in
   * where one text ends and the next begins have different fingerprints.
   */
  public static String of(List<String> texts) {
    MessageDigest digest = newDigest();
    digest.update(ByteBuffer.allocate(4).putInt(texts.size()).flip());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
