package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

/** Taking the first tokens of a batch, and its reverse for gradients. */
final class LeadingTokens {

  private LeadingTokens() {}

  /** {@code [batch, tokens, width] -> [batch, rows, width]}. */
  static NDArray of(NDArray x, int rows) {
    return x.getShape().get(1) == rows ? x : x.get(new NDIndex(":,:{}", rows));
  }

  /** {@code [batch, rows, width] -> [batch, tokens, width]}, zero beyond the rows. */
  static NDArray widen(NDArray gradient, long tokens) {
    Shape shape = gradient.getShape();
    long rows = shape.get(1);
    if (rows == tokens) {
      return gradient;
    }
    NDArray rest =
        gradient.getManager().zeros(new Shape(shape.get(0), tokens - rows, shape.get(2)));
    return NDArrays.concat(new NDList(gradient, rest), 1);
  }
}
