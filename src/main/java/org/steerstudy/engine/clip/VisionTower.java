package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The vision transformer of CLIP, cut in two at the residual stream after one of its blocks (the
 * hook point {@code blocks.L.hook_resid_post}, the output of {@code
 * vision_model.encoder.layers.L}). What comes before the cut is the same for every edit of a
 * picture; only what comes after it has to be run again.
 *
 * <p>Patches are cut out and projected by one product, which is what the checkpoint's convolution
 * with a stride of the patch size amounts to. The class embedding is added to its position when the
 * weights are loaded.
 */
final class VisionTower {

  private final ClipConfiguration configuration;
  private final Projection patchProjection;
  private final NDArray classAndPositions;
  private final LayerNormalisation beforeBlocks;
  private final List<TransformerBlock> blocks;
  private final ImageHead head;

  private VisionTower(
      ClipConfiguration configuration,
      Projection patchProjection,
      NDArray classAndPositions,
      LayerNormalisation beforeBlocks,
      List<TransformerBlock> blocks,
      ImageHead head) {
    this.configuration = configuration;
    this.patchProjection = patchProjection;
    this.classAndPositions = classAndPositions;
    this.beforeBlocks = beforeBlocks;
    this.blocks = blocks;
    this.head = head;
  }

  static VisionTower load(ClipConfiguration configuration, CheckpointWeights weights) {
    TowerConfiguration tower = configuration.vision();
    int width = tower.width();
    int patch = configuration.patchSize();
    String prefix = "vision_model.";
    String embeddings = prefix + "embeddings.";
    NDArray kernels = weights.tensor(embeddings + "patch_embedding.weight", width, 3, patch, patch);
    NDArray positions =
        weights.tensor(
            embeddings + "position_embedding.weight", configuration.visionTokens(), width);
    try (NDArray classEmbedding = weights.tensor(embeddings + "class_embedding", width);
        NDArray classPosition = positions.get(0)) {
      classPosition.addi(classEmbedding);
    }
    return new VisionTower(
        configuration,
        new Projection(kernels.reshape(width, 3L * patch * patch), null),
        positions,
        weights.normalisation(prefix + "pre_layrnorm", width, tower.epsilon()),
        weights.blocks(prefix + "encoder.layers", tower),
        new ImageHead(
            weights.normalisation(prefix + "post_layernorm", width, tower.epsilon()),
            weights.unbiased("visual_projection", configuration.projection(), width)));
  }

  /**
   * The residual stream after a block.
   *
   * @param pixels one normalised picture, {@code [3, size, size]}
   * @param layer the block, from 0
   * @return {@code [1, tokens, width]}
   */
  NDArray prefix(NDArray pixels, int layer) {
    NDArray x = beforeBlocks.forward(embed(pixels));
    for (TransformerBlock block : blocks.subList(0, layer + 1)) {
      NDArray next = block.forward(x, configuration.visionTokens(), null);
      x.close();
      x = next;
    }
    return x;
  }

  /**
   * From the residual stream after a block to the embedding before its normalisation.
   *
   * @param residual {@code [batch, tokens, width]}; after the last block the class token alone is
   *     enough, {@code [batch, 1, width]}
   * @param layer the block, from 0
   * @return {@code [batch, 1, projection]}
   */
  NDArray resume(NDArray residual, int layer) {
    NDArray x = residual;
    for (int next = layer + 1; next < blocks.size(); next++) {
      NDArray y = blocks.get(next).forward(x, rowsAfter(next), null);
      if (x != residual) {
        x.close();
      }
      x = y;
    }
    return head.forward(LeadingTokens.of(x, 1));
  }

  /**
   * The gradient of a function of the embedding at the residual stream after a block.
   *
   * @param residual {@code [1, tokens, width]}; after the last block {@code [1, 1, width]} is
   *     enough
   * @param layer the block, from 0
   * @param atEmbedding from the embedding before its normalisation to the gradient there, both
   *     {@code [1, 1, projection]}
   * @return of the shape of the residual
   */
  NDArray gradient(NDArray residual, int layer, UnaryOperator<NDArray> atEmbedding) {
    List<NDArray> inputs = new ArrayList<>();
    NDArray x = residual;
    for (int next = layer + 1; next < blocks.size(); next++) {
      inputs.add(x);
      x = blocks.get(next).forward(x, rowsAfter(next), null);
    }
    NDArray classToken = LeadingTokens.of(x, 1);
    NDArray gradient = head.backward(classToken, atEmbedding.apply(head.forward(classToken)));
    if (inputs.isEmpty()) {
      return LeadingTokens.widen(gradient, residual.getShape().get(1));
    }
    for (int next = blocks.size() - 1; next > layer; next--) {
      gradient = blocks.get(next).backward(inputs.get(next - layer - 1), gradient);
    }
    return gradient;
  }

  /** Only the class token of the last block is read by anything. */
  private int rowsAfter(int layer) {
    return layer == blocks.size() - 1 ? 1 : configuration.visionTokens();
  }

  private NDArray embed(NDArray pixels) {
    long across = configuration.imageSize() / configuration.patchSize();
    long patch = configuration.patchSize();
    NDArray patches =
        pixels
            .reshape(3, across, patch, across, patch)
            .transpose(1, 3, 0, 2, 4)
            .reshape(1, across * across, 3 * patch * patch);
    NDArray projected = patchProjection.forward(patches);
    NDArray noClass = projected.getManager().zeros(new Shape(1, 1, configuration.vision().width()));
    return NDArrays.concat(new NDList(noClass, projected), 1).addi(classAndPositions);
  }
}
