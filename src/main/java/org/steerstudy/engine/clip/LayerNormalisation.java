package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Layer normalisation {@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta} over the
 * last axis, with the biased variance.
 *
 * @param gamma {@code [width]}
 * @param beta {@code [width]}
 */
record LayerNormalisation(NDArray gamma, NDArray beta, float epsilon) {

  /** {@code [..., width] -> [..., width]}. */
  NDArray forward(NDArray x) {
    return x.getNDArrayInternal()
        .layerNorm(x, new Shape(gamma.size()), gamma, beta, epsilon)
        .singletonOrThrow();
  }

  /**
   * The gradient at the input x from the gradient g at the output. With {@code n = (x - mean) /
   * sigma} and {@code a = gamma * g} it is {@code (a - mean(a) - n * mean(a * n)) / sigma}.
   */
  NDArray backward(NDArray x, NDArray gradient) {
    int[] last = {-1};
    NDArray centred = x.sub(x.mean(last, true));
    NDArray sigma = centred.square().mean(last, true).addi(epsilon).sqrt();
    NDArray n = centred.divi(sigma);
    NDArray a = gradient.mul(gamma);
    NDArray along = n.mul(a.mul(n).mean(last, true));
    return a.sub(a.mean(last, true)).subi(along).divi(sigma);
  }
}
