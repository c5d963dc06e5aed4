package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;

/**
 * A linear map {@code y = x W^T + b}.
 *
 * @param weight W, {@code [out, in]}
 * @param bias b, {@code [out]}; null for a map without one
 */
record Projection(NDArray weight, NDArray bias) {

  /** {@code [..., in] -> [..., out]}. */
  NDArray forward(NDArray x) {
    return x.getNDArrayInternal().linear(x, weight, bias).singletonOrThrow();
  }

  /** The gradient at the input from the gradient at the output: {@code g W}. */
  NDArray backward(NDArray gradient) {
    return gradient.matMul(weight);
  }
}
