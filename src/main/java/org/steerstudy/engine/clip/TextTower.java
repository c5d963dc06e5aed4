package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import java.util.Arrays;
import java.util.List;

/**
 * The text transformer of CLIP. Attention is causal, so what follows the end token has no influence
 * on it and no padding is needed: each prompt runs alone at its own length and gives the same
 * numbers in whatever company it is asked for.
 */
final class TextTower {

  /**
   * Checkpoints from before the transformers library corrected its configuration say 2 here while
   * their prompts end with the greatest token id of the vocabulary.
   */
  private static final int LEGACY_END_TOKEN = 2;

  private final ClipConfiguration configuration;
  private final NDArray tokenEmbedding;
  private final NDArray positions;
  private final List<TransformerBlock> blocks;
  private final LayerNormalisation afterBlocks;
  private final Projection projection;

  private TextTower(
      ClipConfiguration configuration,
      NDArray tokenEmbedding,
      NDArray positions,
      List<TransformerBlock> blocks,
      LayerNormalisation afterBlocks,
      Projection projection) {
    this.configuration = configuration;
    this.tokenEmbedding = tokenEmbedding;
    this.positions = positions;
    this.blocks = blocks;
    this.afterBlocks = afterBlocks;
    this.projection = projection;
  }

  static TextTower load(ClipConfiguration configuration, CheckpointWeights weights) {
    TowerConfiguration tower = configuration.text();
    int width = tower.width();
    String prefix = "text_model.";
    String embeddings = prefix + "embeddings.";
    return new TextTower(
        configuration,
        weights.tensor(embeddings + "token_embedding.weight", configuration.vocabulary(), width),
        weights.tensor(
            embeddings + "position_embedding.weight", configuration.maximumTokens(), width),
        weights.blocks(prefix + "encoder.layers", tower),
        weights.normalisation(prefix + "final_layer_norm", width, tower.epsilon()),
        weights.unbiased("text_projection", configuration.projection(), width));
  }

  /**
   * The place of the token whose output becomes the prompt's embedding: the first end token, or the
   * first of the greatest id where the configuration still carries the legacy value.
   *
   * @return -1 when the ids do not contain the end token
   */
  static int endPosition(int[] ids, int endToken) {
    int wanted =
        endToken == LEGACY_END_TOKEN ? Arrays.stream(ids).max().orElse(endToken) : endToken;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /**
   * @param ids token ids with begin and end, at most the configured maximum
   * @param manager owns what is computed
   * @return the embedding before its normalisation, {@code [1, 1, projection]}
   */
  NDArray forward(int[] ids, NDManager manager) {
    int end = endPosition(ids, configuration.endToken());
    // Nothing before the end token can see what comes after it.
    int length = end + 1;
    long[] seen = Arrays.stream(ids).limit(length).asLongStream().toArray();
    NDArray tokens = manager.create(seen, new Shape(1, length));
    NDArray x =
        Embedding.embedding(tokens, tokenEmbedding, SparseFormat.DENSE)
            .singletonOrThrow()
            .addi(positions.get(manager, new NDIndex(":{}", length)));
    NDArray mask = causalMask(length, manager);
    for (TransformerBlock block : blocks) {
      NDArray next = block.forward(x, length, mask);
      x.close();
      x = next;
    }
    NDArray last = afterBlocks.forward(x.get(new NDIndex(":,{}:{}", end, end + 1)));
    return projection.forward(last);
  }

  private static NDArray causalMask(int length, NDManager manager) {
    float[] mask = new float[length * length];
    for (int row = 0; row < length; row++) {
      Arrays.fill(mask, row * length + row + 1, (row + 1) * length, Float.NEGATIVE_INFINITY);
    }
    return manager.create(mask, new Shape(length, length));
  }
}
