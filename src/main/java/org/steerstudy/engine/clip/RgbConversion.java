package org.steerstudy.engine.clip;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.steerstudy.engine.EngineException;

/**
 * From whatever a decoder gives to red, green and blue. Grey becomes three equal channels, a
 * palette its colours, and what is transparent shows white behind it, as in a browser and in the
 * transformers library since version 5 (older ones dropped the alpha channel, so that colours came
 * to light which nobody sees).
 *
 * <p>Samples are taken from the raster and never through a colour conversion of Java's, which would
 * lighten grey pictures. The blend is Pillow's ({@code src/libImaging/AlphaComposite.c}, MIT-CMU
 * licence) on an opaque white ground.
 */
final class RgbConversion {

  private static final int WHITE = 255;
  private static final int PRECISION_BITS = 7;
  private static final int CHANNELS = RgbImage.CHANNELS;

  private RgbConversion() {}

  static RgbImage of(BufferedImage image) {
    RgbImage rgb =
        new RgbImage(
            image.getWidth(),
            image.getHeight(),
            new byte[image.getWidth() * image.getHeight() * CHANNELS]);
    if (image.getColorModel() instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, rgb);
    } else if (image.getRaster().getDataBuffer().getDataType() == DataBuffer.TYPE_BYTE) {
      fromBands(image.getRaster(), rgb);
    } else {
      throw EngineException.picture(
          "The picture has more than eight bits per channel. Save it with eight.");
    }
    return rgb;
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, RgbImage rgb) {
    int[] row = new int[rgb.width()];
    for (int y = 0; y < rgb.height(); y++) {
      raster.getSamples(0, y, rgb.width(), 1, 0, row);
      for (int x = 0; x < rgb.width(); x++) {
        int at = (y * rgb.width() + x) * CHANNELS;
        int alpha = palette.getAlpha(row[x]);
        rgb.samples()[at] = onWhite(palette.getRed(row[x]), alpha);
        rgb.samples()[at + 1] = onWhite(palette.getGreen(row[x]), alpha);
        rgb.samples()[at + 2] = onWhite(palette.getBlue(row[x]), alpha);
      }
    }
  }

  /** Grey, grey with alpha, colour, colour with alpha: one to four bands. */
  private static void fromBands(Raster raster, RgbImage rgb) {
    int bands = raster.getNumBands();
    boolean grey = bands <= 2;
    boolean transparent = bands % 2 == 0;
    int[] row = new int[rgb.width() * bands];
    for (int y = 0; y < rgb.height(); y++) {
      raster.getPixels(0, y, rgb.width(), 1, row);
      for (int x = 0; x < rgb.width(); x++) {
        int from = x * bands;
        int at = (y * rgb.width() + x) * CHANNELS;
        int alpha = transparent ? row[from + bands - 1] : WHITE;
        for (int channel = 0; channel < CHANNELS; channel++) {
          rgb.samples()[at + channel] = onWhite(row[grey ? from : from + channel], alpha);
        }
      }
    }
  }

  /** {@code (colour * alpha + 255 * (255 - alpha)) / 255}, rounded as Pillow rounds. */
  private static byte onWhite(int colour, int alpha) {
    if (alpha == WHITE) {
      return (byte) colour;
    }
    int scaled = (colour * alpha + WHITE * (WHITE - alpha)) << PRECISION_BITS;
    int rounded = scaled + (0x80 << PRECISION_BITS);
    return (byte) (((rounded >> 8) + rounded) >> 8 >> PRECISION_BITS);
  }
}
