package org.steerstudy.engine.clip;

import java.nio.file.Path;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Settings;

/**
 * What {@code preprocessor_config.json} says about the way from a picture to the model's input.
 * Only the way of CLIP is known: shortest side resized with the bicubic filter, centre cut out,
 * rescaled and normalised; anything else is refused.
 *
 * @param shortestSide to which the shortest side is resized, in px
 * @param crop side of the square cut out of the centre, in px
 * @param factor by which the bytes are multiplied, usually 1/255
 * @param mean subtracted per channel, red, green, blue
 * @param deviation by which is then divided
 */
record PreprocessorConfiguration(
    int shortestSide, int crop, double factor, float[] mean, float[] deviation) {

  /** The configuration's file name. */
  static final String FILE = "preprocessor_config.json";

  private static final int BICUBIC = 3;

  static PreprocessorConfiguration read(Path folder, ClipConfiguration clip) {
    Settings settings = Settings.read(folder.resolve(FILE), EngineException.Kind.CHECKPOINT);
    for (String step : new String[] {"do_resize", "do_center_crop", "do_rescale", "do_normalize"}) {
      if (!settings.flag(step, true)) {
        throw settings.refusal(
            step + " is false, but every step of CLIP's preprocessing is needed.");
      }
    }
    int resample = settings.natural("resample", BICUBIC);
    if (resample != BICUBIC) {
      throw settings.refusal("resample is " + resample + ", but only 3 (bicubic) is supported.");
    }
    int shortest = side(settings, "size", "shortest_edge", clip.imageSize());
    int crop = side(settings, "crop_size", "height", clip.imageSize());
    if (side(settings, "crop_size", "width", clip.imageSize()) != crop) {
      throw settings.refusal("crop_size is not square.");
    }
    if (crop != clip.imageSize() || shortest < crop) {
      throw settings.refusal(
          "pictures are resized to "
              + shortest
              + " px and cut to "
              + crop
              + " px, but the model reads "
              + clip.imageSize()
              + " px.");
    }
    float[] deviation = settings.numbers("image_std", 3, 0.26862954f, 0.26130258f, 0.27577711f);
    for (float each : deviation) {
      if (!(each > 0)) {
        throw settings.refusal("image_std must be above zero.");
      }
    }
    return new PreprocessorConfiguration(
        shortest,
        crop,
        settings.positiveNumber("rescale_factor", 1 / 255.0),
        settings.numbers("image_mean", 3, 0.48145466f, 0.4578275f, 0.40821073f),
        deviation);
  }

  /** Older files give one number where newer ones have an object. */
  private static int side(Settings settings, String key, String edge, int otherwise) {
    if (!settings.has(key)) {
      return otherwise;
    }
    return settings.isNumber(key) ? settings.positive(key) : settings.object(key).positive(edge);
  }
}
