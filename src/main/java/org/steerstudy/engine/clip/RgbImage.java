package org.steerstudy.engine.clip;

/**
 * A decoded picture.
 *
 * @param width in px
 * @param height in px
 * @param samples red, green and blue of each pixel, row by row, {@code [height, width, 3]}
 */
record RgbImage(int width, int height, byte[] samples) {

  static final int CHANNELS = 3;

  /** A square of it. */
  RgbImage square(int left, int top, int side) {
    byte[] cut = new byte[side * side * CHANNELS];
    for (int row = 0; row < side; row++) {
      System.arraycopy(
          samples,
          ((top + row) * width + left) * CHANNELS,
          cut,
          row * side * CHANNELS,
          side * CHANNELS);
    }
    return new RgbImage(side, side, cut);
  }
}
