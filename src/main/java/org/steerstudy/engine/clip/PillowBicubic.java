package org.steerstudy.engine.clip;

/**
 * Resizing exactly as Pillow does it with {@code Image.Resampling.BICUBIC}, because CLIP
 * checkpoints were trained and published with it and Java's own bicubic filter gives other pixels.
 *
 * <p>The filter is the cubic convolution with a = -0.5, stretched by the scale when a picture is
 * made smaller, so that every source pixel counts. Rows are resized first, then columns, with a
 * rounding to bytes in between; coefficients are whole multiples of {@code 2^-22}. Source: Pillow,
 * {@code src/libImaging/Resample.c} (MIT-CMU licence), functions {@code precompute_coeffs}, {@code
 * normalize_coeffs_8bpc} and {@code ImagingResample*_8bpc}.
 */
final class PillowBicubic {

  private static final double SUPPORT = 2.0;
  private static final double A = -0.5;
  private static final int PRECISION_BITS = 32 - 8 - 2;
  private static final int HALF = 1 << (PRECISION_BITS - 1);
  private static final int CHANNELS = RgbImage.CHANNELS;

  private PillowBicubic() {}

  static RgbImage resize(RgbImage image, int width, int height) {
    RgbImage narrowed = width == image.width() ? image : resizeRows(image, width);
    return height == image.height() ? narrowed : resizeColumns(narrowed, height);
  }

  /**
   * For each place of the result, which source places count and how much.
   *
   * @param first the first source place
   * @param weights of it and the following ones, in multiples of {@code 2^-22}
   */
  private record Window(int first, int[] weights) {}

  private static RgbImage resizeRows(RgbImage image, int width) {
    Window[] windows = windows(image.width(), width);
    byte[] source = image.samples();
    byte[] result = new byte[width * image.height() * CHANNELS];
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      for (Window window : windows) {
        int from = (y * image.width() + window.first()) * CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
          result[at++] = weighted(source, from + channel, CHANNELS, window.weights());
        }
      }
    }
    return new RgbImage(width, image.height(), result);
  }

  private static RgbImage resizeColumns(RgbImage image, int height) {
    Window[] windows = windows(image.height(), height);
    byte[] source = image.samples();
    int stride = image.width() * CHANNELS;
    byte[] result = new byte[stride * height];
    int at = 0;
    for (Window window : windows) {
      int from = window.first() * stride;
      for (int x = 0; x < stride; x++) {
        result[at++] = weighted(source, from + x, stride, window.weights());
      }
    }
    return new RgbImage(image.width(), height, result);
  }

  private static byte weighted(byte[] source, int from, int stride, int[] weights) {
    int sum = HALF;
    int at = from;
    for (int weight : weights) {
      sum += (source[at] & 0xff) * weight;
      at += stride;
    }
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
  }

  private static Window[] windows(int sourceSize, int size) {
    double scale = (double) sourceSize / size;
    double filterScale = Math.max(scale, 1.0);
    double support = SUPPORT * filterScale;
    double inverse = 1.0 / filterScale;
    Window[] windows = new Window[size];
    for (int place = 0; place < size; place++) {
      double centre = (place + 0.5) * scale;
      int first = Math.max(0, (int) (centre - support + 0.5));
      int count = Math.min(sourceSize, (int) (centre + support + 0.5)) - first;
      double[] weights = new double[count];
      double total = 0;
      for (int i = 0; i < count; i++) {
        weights[i] = cubic((i + first - centre + 0.5) * inverse);
        total += weights[i];
      }
      windows[place] = new Window(first, fixedPoint(weights, total));
    }
    return windows;
  }

  private static int[] fixedPoint(double[] weights, double total) {
    int[] fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      double weight = total == 0 ? weights[i] : weights[i] / total;
      fixed[i] = (int) ((weight < 0 ? -0.5 : 0.5) + weight * (1 << PRECISION_BITS));
    }
    return fixed;
  }

  private static double cubic(double x) {
    double distance = Math.abs(x);
    if (distance < 1.0) {
      return ((A + 2.0) * distance - (A + 3.0)) * distance * distance + 1;
    }
    if (distance < 2.0) {
      return (((distance - 5) * distance + 8) * distance - 4) * A;
    }
    return 0.0;
  }
}
