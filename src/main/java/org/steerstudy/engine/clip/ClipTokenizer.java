package org.steerstudy.engine.clip;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.steerstudy.engine.EngineException;

/**
 * The checkpoint's own tokenizer, {@code tokenizer.json}. A prompt that is too long for the model
 * loses its last tokens before the end token, as in the transformers library with {@code
 * truncation=True}; {@link #fits} tells beforehand.
 */
final class ClipTokenizer implements AutoCloseable {

  /** The tokenizer's file name. */
  static final String FILE = "tokenizer.json";

  private final Path file;
  private final ClipConfiguration configuration;
  private final HuggingFaceTokenizer tokenizer;

  private ClipTokenizer(
      Path file, ClipConfiguration configuration, HuggingFaceTokenizer tokenizer) {
    this.file = file;
    this.configuration = configuration;
    this.tokenizer = tokenizer;
  }

  /**
   * Loads the tokenizer and tries it.
   *
   * @throws EngineException when the file is missing or unreadable, or does not end prompts with
   *     the token that the configuration names
   */
  static ClipTokenizer load(Path folder, ClipConfiguration configuration) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw EngineException.file(
          EngineException.Kind.CHECKPOINT,
          file,
          "the file is missing; save the fast tokenizer with the checkpoint.");
    }
    ClipTokenizer loaded = new ClipTokenizer(file, configuration, parse(file));
    try {
      loaded.probe();
    } catch (EngineException e) {
      loaded.close();
      throw e;
    }
    return loaded;
  }

  private static HuggingFaceTokenizer parse(Path file) {
    try {
      return HuggingFaceTokenizer.builder()
          .optTokenizerPath(file)
          .optTruncation(false)
          .optPadding(false)
          .build();
    } catch (IOException | RuntimeException e) {
      throw EngineException.file(
          EngineException.Kind.CHECKPOINT, file, "the tokenizer cannot be read.", e);
    }
  }

  /** The token ids of a prompt with begin and end, cut to what the model reads, unpadded. */
  int[] ids(String text) {
    int[] ids = encode(text);
    int most = configuration.maximumTokens();
    if (ids.length <= most) {
      return ids;
    }
    int[] cut = Arrays.copyOf(ids, most);
    cut[most - 1] = ids[ids.length - 1];
    return cut;
  }

  /** Whether the model reads the whole of a prompt. */
  boolean fits(String text) {
    return encode(text).length <= configuration.maximumTokens();
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private void probe() {
    int[] ids = encode("a");
    if (TextTower.endPosition(ids, configuration.endToken()) != ids.length - 1) {
      throw foreign("its prompts do not end with the end token of config.json");
    }
  }

  private int[] encode(String text) {
    long[] ids = tokenizer.encode(text).getIds();
    int[] narrowed = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] >= configuration.vocabulary()) {
        throw foreign("it knows more tokens than the vocabulary of config.json");
      }
      narrowed[i] = (int) ids[i];
    }
    return narrowed;
  }

  private EngineException foreign(String problem) {
    return EngineException.file(
        EngineException.Kind.CHECKPOINT,
        file,
        problem + "; check that the two files belong together.");
  }
}
