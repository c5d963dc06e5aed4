package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;

/** The position-wise half of a transformer block: widen, activate, narrow. */
record FeedForward(Projection widen, Gelu gelu, Projection narrow) {

  /** {@code [batch, tokens, width] -> [batch, tokens, width]}. */
  NDArray forward(NDArray x) {
    return narrow.forward(gelu.forward(widen.forward(x)));
  }

  /** The gradient at the input x from the gradient at the output. */
  NDArray backward(NDArray x, NDArray gradient) {
    NDArray atActivation = narrow.backward(gradient).muli(gelu.derivative(widen.forward(x)));
    return widen.backward(atActivation);
  }
}
