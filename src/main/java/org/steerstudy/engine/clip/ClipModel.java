package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import org.steerstudy.engine.EngineException;
import org.steerstudy.engine.tensor.BoundedCache;
import org.steerstudy.engine.tensor.FolderFingerprint;
import org.steerstudy.engine.tensor.PyTorch;
import org.steerstudy.engine.tensor.Sha256;
import org.steerstudy.engine.tensor.Vectors;

/**
 * A CLIP checkpoint in the format of Hugging Face, ready to compare pictures with prompts. All
 * arithmetic is in single precision whatever the precision of the file.
 *
 * <p>Safe for use by many threads. Native memory has two owners only: this model holds the weights
 * until it is closed, and each call holds what it computes until it returns; results are Java
 * arrays. The same call gives the same bits however many others run beside it.
 */
public final class ClipModel implements AutoCloseable {

  private static final int MOST_CACHED_PROMPTS = 20_000;

  /** How many floats one layer of a batch may need at its widest; 64 megabytes. */
  private static final long BATCH_FLOATS = 16 << 20;

  private final NDManager weights;
  private final ClipConfiguration configuration;
  private final String fingerprint;
  private final PicturePreprocessor preprocessor;
  private final ClipTokenizer tokenizer;
  private final VisionTower vision;
  private final TextTower text;
  private final float logitScale;
  private final BoundedCache<String, float[]> textEmbeddings =
      new BoundedCache<>(MOST_CACHED_PROMPTS, embedding -> 1);

  private ClipModel(
      NDManager weights,
      ClipConfiguration configuration,
      String fingerprint,
      PicturePreprocessor preprocessor,
      ClipTokenizer tokenizer,
      VisionTower vision,
      TextTower text,
      float logitScale) {
    this.weights = weights;
    this.configuration = configuration;
    this.fingerprint = fingerprint;
    this.preprocessor = preprocessor;
    this.tokenizer = tokenizer;
    this.vision = vision;
    this.text = text;
    this.logitScale = logitScale;
  }

  /**
   * Loads {@code config.json}, {@code preprocessor_config.json}, {@code tokenizer.json} and {@code
   * model.safetensors} of a folder.
   *
   * @throws EngineException of kind CHECKPOINT, naming the file and the cause
   */
  public static ClipModel load(Path folder) {
    ClipConfiguration configuration = ClipConfiguration.read(folder);
    PicturePreprocessor preprocessor =
        new PicturePreprocessor(PreprocessorConfiguration.read(folder, configuration));
    NDManager owner = PyTorch.newOwner();
    try (CheckpointWeights weights = CheckpointWeights.open(folder, owner)) {
      VisionTower vision = VisionTower.load(configuration, weights);
      TextTower text = TextTower.load(configuration, weights);
      float logitScale = (float) Math.exp(weights.scalar("logit_scale"));
      weights.refuseUnknown();
      return new ClipModel(
          owner,
          configuration,
          fingerprint(folder),
          preprocessor,
          ClipTokenizer.load(folder, configuration),
          vision,
          text,
          logitScale);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /** What the checkpoint's configuration says. */
  public ClipConfiguration configuration() {
    return configuration;
  }

  /**
   * {@link FolderFingerprint} over {@code config.json}, {@code model.safetensors}, {@code
   * tokenizer.json} and {@code preprocessor_config.json}, in this order.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The factor between cosines and logits, {@code exp(logit_scale)}. */
  public float logitScale() {
    return logitScale;
  }

  /**
   * Decodes and prepares a JPEG or PNG picture.
   *
   * @throws EngineException of kind PICTURE
   */
  public Picture picture(byte[] encoded) {
    return preprocessor.picture(encoded);
  }

  /**
   * Embeds prompts; each text is embedded once and remembered. A text that is too long is cut, see
   * {@link #fits}.
   *
   * @throws EngineException of kind PROMPT when there is none
   */
  public PromptSet prompts(List<String> texts) {
    if (texts.isEmpty()) {
      throw EngineException.prompt("There is no prompt. Give at least one.");
    }
    float[][] embeddings = new float[texts.size()][];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[i] = textEmbedding(texts.get(i));
    }
    return new PromptSet(texts, Sha256.of(texts), embeddings);
  }

  /** The token ids of each text with begin and end, cut to what the model reads, unpadded. */
  public List<int[]> tokenIds(List<String> texts) {
    return texts.stream().map(tokenizer::ids).toList();
  }

  /**
   * Whether the model reads the whole of a prompt. What is longer than {@link
   * ClipConfiguration#maximumTokens} loses its last words, so whoever lets prompts be written
   * should ask first.
   */
  public boolean fits(String text) {
    return tokenizer.fits(text);
  }

  /**
   * The residual stream after a block ({@code blocks.L.hook_resid_post}). Always computed for one
   * picture at a time, so that it does not depend on which others were asked for.
   *
   * @param layer the block, from 0
   */
  public Residual residual(Picture picture, int layer) {
    int size = configuration.imageSize();
    if (picture.size() != size || picture.pixels().length != 3 * size * size) {
      throw EngineException.picture(
          "The picture was prepared for another model: it has "
              + picture.size()
              + " px, but "
              + size
              + " are needed. Prepare it again.");
    }
    try (NDManager call = weights.newSubManager()) {
      NDArray pixels = call.create(picture.pixels(), new Shape(3, size, size));
      return new Residual(
          configuration.visionTokens(),
          configuration.visionWidth(),
          vision.prefix(pixels, layer).toFloatArray());
    }
  }

  /**
   * The embeddings, of length one, that follow from residual streams after a block. Runs in batches
   * as large as memory permits.
   *
   * @param residuals all with the same number of tokens: all tokens, or after the last block the
   *     class token alone
   * @param layer the block, from 0
   * @return {@code [residuals, projection]}
   */
  public float[][] embeddings(List<Residual> residuals, int layer) {
    float[][] embeddings = new float[residuals.size()][];
    int batch = residuals.isEmpty() ? 1 : batchSize(residuals.get(0).tokens());
    for (int from = 0; from < embeddings.length; from += batch) {
      int to = Math.min(embeddings.length, from + batch);
      embedBatch(residuals.subList(from, to), layer, embeddings, from);
    }
    return embeddings;
  }

  /**
   * The gradient of {@code logit_scale * e . direction} at a residual stream after a block, where e
   * is the embedding of length one that follows from it. With {@code u = |u| e} the embedding
   * before its normalisation, the gradient there is {@code logit_scale (direction - e (e .
   * direction)) / |u|}; from there it is carried back through the head and the blocks analytically.
   *
   * @param direction a prompt's embedding, or the difference of two, {@code [projection]}
   * @return {@code [tokens, width]} of the residual
   */
  public float[] gradient(Residual residual, int layer, float[] direction) {
    try (NDManager call = weights.newSubManager()) {
      return vision
          .gradient(stacked(List.of(residual), call), layer, u -> atEmbedding(u, direction))
          .toFloatArray();
    }
  }

  /** Compares an embedding of length one with prompts. */
  public Prediction predict(float[] embedding, PromptSet prompts) {
    float[] logits = new float[prompts.size()];
    for (int i = 0; i < logits.length; i++) {
      float[] prompt = prompts.embeddings()[i];
      if (prompt.length != embedding.length) {
        throw EngineException.prompt(
            "The prompts were prepared for another model. Prepare them again.");
      }
      logits[i] = (float) (logitScale * Vectors.dot(embedding, prompt));
    }
    return new Prediction(logits, Vectors.softmax(logits), embedding.clone());
  }

  @Override
  public void close() {
    tokenizer.close();
    weights.close();
  }

  /** How many arrays the weights' owner holds beside the calls that are running. */
  int openTensors() {
    return weights.getManagedArrays().size();
  }

  private static String fingerprint(Path folder) {
    return FolderFingerprint.of(
        folder,
        List.of(
            ClipConfiguration.FILE,
            CheckpointWeights.FILE,
            ClipTokenizer.FILE,
            PreprocessorConfiguration.FILE),
        EngineException.Kind.CHECKPOINT);
  }

  private float[] textEmbedding(String prompt) {
    return textEmbeddings
        .get(prompt)
        .orElseGet(
            () -> {
              int[] ids = tokenizer.ids(prompt);
              try (NDManager call = weights.newSubManager()) {
                float[] raw = text.forward(ids, call).toFloatArray();
                float[] unit = Vectors.unit(raw, 0, raw.length);
                textEmbeddings.put(prompt, unit);
                return unit;
              }
            });
  }

  private int batchSize(int tokens) {
    TowerConfiguration tower = configuration.vision();
    long widest = (long) tokens * Math.max(tower.mlpWidth(), tower.heads() * tokens);
    return (int) Math.max(1, BATCH_FLOATS / widest);
  }

  private void embedBatch(List<Residual> batch, int layer, float[][] embeddings, int from) {
    int projection = configuration.projection();
    try (NDManager call = weights.newSubManager()) {
      float[] raw = vision.resume(stacked(batch, call), layer).toFloatArray();
      for (int i = 0; i < batch.size(); i++) {
        embeddings[from + i] = Vectors.unit(raw, i * projection, projection);
      }
    }
  }

  private static NDArray stacked(List<Residual> residuals, NDManager call) {
    Residual first = residuals.get(0);
    int each = first.values().length;
    float[] values = new float[residuals.size() * each];
    for (int i = 0; i < residuals.size(); i++) {
      System.arraycopy(residuals.get(i).values(), 0, values, i * each, each);
    }
    return call.create(values, new Shape(residuals.size(), first.tokens(), first.width()));
  }

  private NDArray atEmbedding(NDArray embedding, float[] direction) {
    float[] u = embedding.toFloatArray();
    double norm = Vectors.norm(u, 0, u.length);
    double cosine = Vectors.dot(u, direction) / norm;
    float[] gradient = new float[u.length];
    for (int i = 0; i < u.length; i++) {
      gradient[i] = (float) (logitScale * (direction[i] - cosine * u[i] / norm) / norm);
    }
    return embedding.getManager().create(gradient, embedding.getShape());
  }
}
