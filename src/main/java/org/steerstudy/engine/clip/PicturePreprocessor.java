package org.steerstudy.engine.clip;

import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Sha256;

/**
 * From the bytes of a picture file to the model's input, as the checkpoint's configuration asks.
 */
final class PicturePreprocessor {

  private final PreprocessorConfiguration configuration;

  /** The normalised value of each byte in each channel. */
  private final float[][] normalised;

  PicturePreprocessor(PreprocessorConfiguration configuration) {
    this.configuration = configuration;
    this.normalised = new float[RgbImage.CHANNELS][256];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        float rescaled = (float) (value * configuration.factor());
        normalised[channel][value] =
            (rescaled - configuration.mean()[channel]) / configuration.deviation()[channel];
      }
    }
  }

  Picture picture(byte[] encoded) {
    return new Picture(Sha256.of(encoded), configuration.crop(), tensor(square(encoded)));
  }

  /** The square that the model sees, before it is normalised. */
  RgbImage square(byte[] encoded) {
    RgbImage image = PictureDecoder.decode(encoded);
    int shortest = Math.min(image.width(), image.height());
    long width = resized(image.width(), shortest);
    long height = resized(image.height(), shortest);
    if (width * height > PictureDecoder.MOST_PIXELS) {
      throw EngineException.picture(
          "The picture of "
              + image.width()
              + " by "
              + image.height()
              + " px is too long and narrow. Cut it nearer to a square.");
    }
    RgbImage scaled = PillowBicubic.resize(image, (int) width, (int) height);
    int side = configuration.crop();
    return scaled.square((scaled.width() - side) / 2, (scaled.height() - side) / 2, side);
  }

  /** The longer side is cut to whole pixels, not rounded, as the transformers library does. */
  private long resized(int side, int shortest) {
    return (long) ((double) configuration.shortestSide() * side / shortest);
  }

  private float[] tensor(RgbImage square) {
    int pixels = square.width() * square.height();
    float[] tensor = new float[RgbImage.CHANNELS * pixels];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int value = square.samples()[pixel * RgbImage.CHANNELS + channel] & 0xff;
        tensor[channel * pixels + pixel] = normalised[channel][value];
      }
    }
    return tensor;
  }
}
