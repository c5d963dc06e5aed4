package org.steerstudy.engine.clip;

import java.nio.file.Path;
import java.util.Optional;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.Settings;

/**
 * What {@code config.json} of a Hugging Face CLIP checkpoint says. Keys that a file leaves out have
 * the defaults of the transformers library, whose configuration classes write only what differs.
 *
 * @param vision the transformer that reads pictures
 * @param text the transformer that reads prompts
 * @param projection width of the space in which pictures and prompts are compared
 * @param imageSize side of the square picture, in px
 * @param patchSize side of one patch, in px; divides the image size
 * @param vocabulary number of token ids
 * @param maximumTokens longest prompt, in tokens with begin and end
 * @param endToken the configured end token; see {@link TextTower} for its legacy value 2
 * @param name the name under which the checkpoint was published, when it declares one
 */
public record ClipConfiguration(
    TowerConfiguration vision,
    TowerConfiguration text,
    int projection,
    int imageSize,
    int patchSize,
    int vocabulary,
    int maximumTokens,
    int endToken,
    Optional<String> name) {

  /** The configuration's file name. */
  static final String FILE = "config.json";

  /** Number of blocks of the vision transformer. */
  public int visionLayers() {
    return vision.layers();
  }

  /** Width of the vision transformer's residual stream. */
  public int visionWidth() {
    return vision.width();
  }

  /** Number of patches of a picture. */
  public int patches() {
    return (imageSize / patchSize) * (imageSize / patchSize);
  }

  /** Number of tokens of a picture: the class token and its patches. */
  public int visionTokens() {
    return patches() + 1;
  }

  /**
   * Reads the configuration.
   *
   * @throws EngineException when the file is missing or describes something other than CLIP
   */
  static ClipConfiguration read(Path folder) {
    Settings root = Settings.read(folder.resolve(FILE), EngineException.Kind.CHECKPOINT);
    String type = root.text("model_type").orElse("");
    if (!type.equals("clip")) {
      throw root.refusal("model_type is '" + type + "', but only 'clip' is supported.");
    }
    Settings vision = part(root, "vision_config");
    Settings text = part(root, "text_config");
    int channels = vision.positive("num_channels", 3);
    if (channels != 3) {
      throw root.refusal("num_channels is " + channels + ", but pictures have 3.");
    }
    int imageSize = vision.positive("image_size", 224);
    int patchSize = vision.positive("patch_size", 32);
    if (imageSize % patchSize != 0) {
      throw root.refusal(
          "image_size " + imageSize + " is no multiple of patch_size " + patchSize + ".");
    }
    return new ClipConfiguration(
        TowerConfiguration.of(vision, new TowerConfiguration.Defaults(768, 12, 12, 3072)),
        TowerConfiguration.of(text, new TowerConfiguration.Defaults(512, 12, 8, 2048)),
        root.positive("projection_dim", 512),
        imageSize,
        patchSize,
        text.positive("vocab_size", 49408),
        text.positive("max_position_embeddings", 77),
        text.natural("eos_token_id", 49407),
        root.text("_name_or_path").filter(ClipConfiguration::isPublishedName));
  }

  /**
   * Old files carry a second object, {@code …_dict}, whose values the transformers library prefers.
   */
  private static Settings part(Settings root, String key) {
    return root.object(key).overlaidWith(root.object(key + "_dict"));
  }

  /** Whoever trained or converted a checkpoint often left a folder of his own here. */
  private static boolean isPublishedName(String name) {
    return !name.isBlank()
        && !name.startsWith("/")
        && !name.startsWith(".")
        && !name.contains("\\")
        && name.chars().filter(c -> c == '/').count() <= 1;
  }
}
