package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * The two Gaussian error linear units of CLIP checkpoints, under the names that {@code hidden_act}
 * gives them. A checkpoint run with the other one gives slightly wrong numbers without any error,
 * which is why nothing else is accepted as a substitute.
 */
public enum Gelu {
  /** {@code x * sigmoid(1.702 x)}, in the checkpoints of OpenAI. */
  QUICK("quick_gelu") {
    @Override
    NDArray forward(NDArray x) {
      return Activation.sigmoid(x.mul(SHARPNESS)).muli(x);
    }

    @Override
    NDArray derivative(NDArray x) {
      NDArray s = Activation.sigmoid(x.mul(SHARPNESS));
      // s + 1.702 x s (1 - s)
      return s.mul(s.neg().addi(1).muli(x).muli(SHARPNESS).addi(1));
    }
  },
  /** {@code x * Phi(x)} with the normal distribution's cumulative Phi, in those of LAION. */
  EXACT("gelu") {
    @Override
    NDArray forward(NDArray x) {
      return Activation.gelu(x);
    }

    @Override
    NDArray derivative(NDArray x) {
      NDArray cumulative = x.mul(Math.sqrt(0.5)).erf().addi(1).muli(0.5);
      NDArray density = x.square().muli(-0.5).exp().muli(1 / Math.sqrt(2 * Math.PI));
      // Phi(x) + x phi(x)
      return density.muli(x).addi(cumulative);
    }
  };

  private static final double SHARPNESS = 1.702;

  private final String settingsName;

  Gelu(String settingsName) {
    this.settingsName = settingsName;
  }

  String settingsName() {
    return settingsName;
  }

  abstract NDArray forward(NDArray x);

  /** The derivative at each element. */
  abstract NDArray derivative(NDArray x);
}
