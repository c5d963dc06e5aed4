package org.steerstudy.engine.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.clip.Residual;

class SparseAutoencoderTest {

  @Test
  void everyTokenIsEncodedByItself() {
    try (SparseAutoencoder sae = SparseAutoencoder.load(Demo.PATCH_L3)) {
      Residual tokens = random(70, sae.width());
      LatentActivations together = sae.encode(tokens);
      for (int token : new int[] {0, 33, 69}) {
        LatentActivations alone = sae.encode(tokens.tokens(token, 1));
        assertArrayEquals(alone.latents()[0], together.latents()[token]);
        assertArrayEquals(alone.values()[0], together.values()[token], 1e-3f);
      }
    }
  }

  @Test
  void encodingLeavesNoNativeMemoryBehind() {
    try (SparseAutoencoder sae = SparseAutoencoder.load(Demo.CLS_L5)) {
      Residual token = random(1, sae.width());
      int tensors = sae.openTensors();
      for (int i = 0; i < 1_000; i++) {
        sae.encode(token);
      }
      assertEquals(tensors, sae.openTensors());
      assertEquals(2, tensors, "the encoder's weights and bias");
    }
  }

  @Test
  void topKTakesTheGreatestAndNothingThatIsNotAboveZero() {
    LatentSelection two = new LatentSelection.TopK(2);
    assertArrayEquals(new int[] {1, 4}, two.active(new float[] {1, 5, 2, -1, 3}, 0, 5));
    assertArrayEquals(new int[] {2}, two.active(new float[] {-1, 0, 2, -3}, 0, 4));
    assertArrayEquals(new int[] {}, two.active(new float[] {-1, -2}, 0, 2));
    assertArrayEquals(new int[] {0, 1}, two.active(new float[] {4, 4, 4, 4}, 0, 4));
    assertArrayEquals(new int[] {1}, two.active(new float[] {9, 9, -1, 3}, 2, 2));
  }

  @Test
  void reluTakesEverythingAboveZero() {
    assertArrayEquals(
        new int[] {0, 3}, new LatentSelection.Relu().active(new float[] {9, 1, 0, -2, 3, 9}, 1, 4));
  }

  private static Residual random(int tokens, int width) {
    Random random = new Random(5);
    float[] values = new float[tokens * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Residual(tokens, width, values);
  }
}
