package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * A pre-normalised transformer block: {@code r = x + attention(norm(x))}, {@code y = r +
 * mlp(norm(r))}.
 *
 * <p>What it computes on the way is freed before it returns; only the result stays, with the owner
 * of the input.
 */
record TransformerBlock(
    LayerNormalisation beforeAttention,
    SelfAttention attention,
    LayerNormalisation beforeMlp,
    FeedForward mlp) {

  /**
   * @param x {@code [batch, tokens, width]}
   * @param rows number of leading tokens whose output is wanted
   * @param mask added to the attention scores, {@code [tokens, tokens]}; null for none
   * @return {@code [batch, rows, width]}
   */
  NDArray forward(NDArray x, int rows, NDArray mask) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray r = afterAttention(x, beforeAttention.forward(x), rows, mask);
      NDArray y = r.add(mlp.forward(beforeMlp.forward(r)));
      NDScope.unregister(y);
      return y;
    }
  }

  /**
   * The gradient at the input from the gradient at the output. What the forward pass computed
   * inside the block is computed again, so that a pass through many blocks keeps only their inputs.
   *
   * @param x the input of the forward pass, {@code [batch, tokens, width]}; no mask
   * @param gradient {@code [batch, rows, width]}
   * @return {@code [batch, tokens, width]}
   */
  NDArray backward(NDArray x, NDArray gradient) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      int rows = Math.toIntExact(gradient.getShape().get(1));
      NDArray normalised = beforeAttention.forward(x);
      NDArray r = afterAttention(x, normalised, rows, null);
      NDArray atR =
          beforeMlp.backward(r, mlp.backward(beforeMlp.forward(r), gradient)).addi(gradient);
      NDArray atX =
          beforeAttention
              .backward(x, attention.backward(normalised, rows, atR))
              .addi(LeadingTokens.widen(atR, x.getShape().get(1)));
      NDScope.unregister(atX);
      return atX;
    }
  }

  private NDArray afterAttention(NDArray x, NDArray normalised, int rows, NDArray mask) {
    return attention.forward(normalised, rows, mask).addi(LeadingTokens.of(x, rows));
  }
}
