package org.steerstudy.engine.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.steerstudy.engine.Demo;
import org.steerstudy.engine.SteeringModel;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.steering.Edit;

/** Native memory is not seen by the garbage collector; every call has to give back its own. */
class NativeMemoryTest {

  private static final int CALLS = 1_000;

  /** A call that kept its arrays would need about three megabytes, three gigabytes in all. */
  private static final long MOST_GROWTH_BYTES = 600L << 20;

  @Test
  void aThousandCallsLeaveNothingBehind() throws IOException {
    try (SteeringModel model = SteeringModel.open(Demo.MODEL, Demo.PATCH_L3)) {
      PromptSet prompts = model.prompts(Demo.texts(Demo.golden().get("class_prompts")));
      Picture picture = model.picture(Demo.encoded("bg_water_00.jpg"));
      call(model, picture, prompts, 0);
      int tensors = model.clip().openTensors();
      long resident = residentBytes();
      for (int i = 1; i <= CALLS; i++) {
        call(model, picture, prompts, i);
      }
      assertEquals(tensors, model.clip().openTensors(), "arrays that the weights' owner holds");
      assertTrue(
          residentBytes() - resident < MOST_GROWTH_BYTES,
          "resident memory grew by " + (residentBytes() - resident) / (1 << 20) + " MB");
    }
  }

  @Test
  void callsThatFailLeaveNothingBehind() {
    try (ClipModel model = ClipModel.load(Demo.MODEL)) {
      Picture picture = model.picture(Demo.encoded("bg_water_00.jpg"));
      Residual misfit = new Residual(3, 7, new float[21]);
      int tensors = model.openTensors();
      for (int i = 0; i < 20; i++) {
        List<Residual> residuals = Collections.nCopies(2, misfit);
        assertThrows(RuntimeException.class, () -> model.embeddings(residuals, 2));
      }
      assertEquals(tensors, model.openTensors());
      assertEquals(65, model.residual(picture, 0).tokens(), "and the model goes on");
    }
  }

  /**
   * Everything that allocates: a prompt, a picture's prefix, a gradient, single and batched edits.
   */
  private static void call(SteeringModel model, Picture picture, PromptSet prompts, int turn) {
    model.prompts(List.of("a photo of thing number " + turn));
    Picture unseen = new Picture("picture " + turn, picture.size(), picture.pixels());
    Attribution attribution = model.attribute(unseen, prompts, Target.of(turn % 30));
    List<Integer> latents =
        attribution.latents().stream().limit(3).map(LatentAttribution::latent).toList();
    model.steer(unseen, prompts, List.of(Edit.scale(latents.get(0), 1 + turn)));
    model.ablations(unseen, prompts, latents);
  }

  private static long residentBytes() throws IOException {
    Path statistics = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(statistics), "only Linux tells");
    return Long.parseLong(Files.readString(statistics).split(" ")[1]) * 4096;
  }
}
