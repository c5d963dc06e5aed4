package org.steerstudy.engine.clip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes embedded colour profiles out of a JPEG file. Java's decoder would convert the colours by
 * the profile, whereas Pillow, with which checkpoints were trained, leaves the samples as they are
 * stored.
 */
final class JpegProfile {

  private static final int MARKER = 0xff;
  private static final int START_OF_SCAN = 0xda;
  private static final int APPLICATION_2 = 0xe2;
  private static final byte[] LABEL = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private JpegProfile() {}

  /** The file without its profiles; whatever is malformed is left to the decoder. */
  static byte[] removedFrom(byte[] jpeg) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(jpeg.length);
    int at = 2;
    kept.write(jpeg, 0, Math.min(at, jpeg.length));
    while (at + 4 <= jpeg.length
        && (jpeg[at] & 0xff) == MARKER
        && (jpeg[at + 1] & 0xff) != START_OF_SCAN) {
      int end = at + 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
      if (end > jpeg.length) {
        break;
      }
      if (!isProfile(jpeg, at)) {
        kept.write(jpeg, at, end - at);
      }
      at = end;
    }
    kept.write(jpeg, at, jpeg.length - at);
    return kept.toByteArray();
  }

  private static boolean isProfile(byte[] jpeg, int segment) {
    int from = segment + 4;
    return (jpeg[segment + 1] & 0xff) == APPLICATION_2
        && from + LABEL.length <= jpeg.length
        && Arrays.equals(jpeg, from, from + LABEL.length, LABEL, 0, LABEL.length);
  }
}
