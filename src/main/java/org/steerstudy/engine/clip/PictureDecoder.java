package org.steerstudy.engine.clip;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.steerstudy.engine.EngineException;

/**
 * Decodes JPEG and PNG to the pixels that Pillow gives. Embedded colour profiles and the EXIF
 * orientation are not applied, as Pillow does not when it only opens a picture. What has no such
 * equivalent here (CMYK, sixteen bits per channel, other formats) is refused and the message says
 * what to do. Size is checked before anything of a picture's own size is reserved.
 */
final class PictureDecoder {

  private static final String JPEG = "jpeg";

  /** About 8,000 by 5,000 px; one picture of this size needs 120 megabytes while it is decoded. */
  static final long MOST_PIXELS = 40_000_000;

  private static final int MOST_BYTES = 64 << 20;

  private PictureDecoder() {}

  static RgbImage decode(byte[] encoded) {
    if (encoded.length > MOST_BYTES) {
      throw EngineException.picture("The picture has more than 64 megabytes. Save it smaller.");
    }
    String format = format(encoded);
    ImageReader reader = reader(format);
    AtomicBoolean cutShort = new AtomicBoolean();
    IIOReadWarningListener listener =
        (source, warning) -> {
          if (warning != null && warning.toLowerCase(Locale.ROOT).contains("premature end")) {
            cutShort.set(true);
          }
        };
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(
            new ByteArrayInputStream(
                JPEG.equals(format) ? JpegProfile.removedFrom(encoded) : encoded))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(listener);
      checkSize(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (cutShort.get()) {
        throw EngineException.picture("The picture ends early. Copy or export it again.");
      }
      if (JPEG.equals(format) && image.getRaster().getNumBands() == 4) {
        throw EngineException.picture(
            "The JPEG picture has four channels (CMYK). Save it again as RGB.");
      }
      return RgbConversion.of(image);
    } catch (EngineException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw undecodable(format, e);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] encoded) {
    if (startsWith(encoded, 0xff, 0xd8, 0xff)) {
      return JPEG;
    }
    if (startsWith(encoded, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a)) {
      return "png";
    }
    throw EngineException.picture(
        "The file is not a JPEG or PNG picture. Save the picture in one of these formats.");
  }

  private static boolean startsWith(byte[] encoded, int... signature) {
    if (encoded.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((encoded[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static ImageReader reader(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new IllegalStateException("every Java platform with java.desktop reads " + format);
    }
    return readers.next();
  }

  private static void checkSize(int width, int height) {
    if (width < 1 || height < 1) {
      throw EngineException.picture("The picture has no pixels.");
    }
    if ((long) width * height > MOST_PIXELS) {
      throw EngineException.picture(
          "The picture has "
              + width
              + " by "
              + height
              + " px; at most "
              + MOST_PIXELS / 1_000_000
              + " million are read. Scale it down.");
    }
  }

  private static EngineException undecodable(String format, Exception cause) {
    return EngineException.picture(
        "The "
            + format.toUpperCase(Locale.ROOT)
            + " picture cannot be decoded; it is damaged or not in RGB or grey. Save it again as"
            + " RGB.",
        cause);
  }
}
