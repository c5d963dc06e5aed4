package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/** From the last class token to the embedding before its normalisation. */
record ImageHead(LayerNormalisation normalisation, Projection projection) {

  /** {@code [batch, 1, width] -> [batch, 1, projection]}. */
  NDArray forward(NDArray classToken) {
    return projection.forward(normalisation.forward(classToken));
  }

  /** The gradient at the class token from the gradient at the output. */
  NDArray backward(NDArray classToken, NDArray gradient) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray atToken = normalisation.backward(classToken, projection.backward(gradient));
      NDScope.unregister(atToken);
      return atToken;
    }
  }
}
