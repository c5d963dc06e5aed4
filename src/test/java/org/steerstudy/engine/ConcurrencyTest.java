package org.steerstudy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.steerstudy.engine.attribution.Attribution;
import org.steerstudy.engine.attribution.LatentAttribution;
import org.steerstudy.engine.attribution.Target;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.steering.Edit;

/** Many participants use one model at once, and none of them may notice the others. */
class ConcurrencyTest {

  private static final int THREADS = 16;
  private static final int PICTURES = 6;

  @ParameterizedTest
  @ValueSource(strings = {"sae-cls-L5", "sae-cls-L4", "sae-patch-L3"})
  void sixteenThreadsGetTheBitsOfOne(String sae) throws Exception {
    List<Session> alone = new ArrayList<>();
    try (SteeringModel model = SteeringModel.open(Demo.MODEL, Demo.FOLDER.resolve(sae))) {
      for (int participant = 0; participant < THREADS; participant++) {
        alone.add(session(model, participant));
      }
    }
    // A second model, so that nothing is remembered from the sequential run.
    try (SteeringModel model = SteeringModel.open(Demo.MODEL, Demo.FOLDER.resolve(sae))) {
      ExecutorService participants = Executors.newFixedThreadPool(THREADS);
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<Session>> together = new ArrayList<>();
      for (int participant = 0; participant < THREADS; participant++) {
        int number = participant;
        together.add(
            participants.submit(
                () -> {
                  start.await();
                  return session(model, number);
                }));
      }
      for (int participant = 0; participant < THREADS; participant++) {
        alone.get(participant).assertSameAs(together.get(participant).get());
      }
      participants.shutdown();
    }
  }

  /** What one participant sees on pictures that others look at too. */
  private record Session(List<Attribution> attributions, List<Prediction> predictions) {

    void assertSameAs(Session other) {
      for (int i = 0; i < attributions.size(); i++) {
        List<LatentAttribution> expected = attributions.get(i).latents();
        List<LatentAttribution> found = other.attributions.get(i).latents();
        assertEquals(expected.size(), found.size());
        for (int place = 0; place < expected.size(); place++) {
          assertEquals(expected.get(place).latent(), found.get(place).latent());
          assertEquals(expected.get(place).score(), found.get(place).score());
        }
      }
      assertEquals(predictions.size(), other.predictions.size());
      for (int i = 0; i < predictions.size(); i++) {
        assertArrayEquals(predictions.get(i).logits(), other.predictions.get(i).logits(), 0f);
      }
    }
  }

  private static Session session(SteeringModel model, int participant) {
    List<Attribution> attributions = new ArrayList<>();
    List<Prediction> predictions = new ArrayList<>();
    PromptSet prompts =
        model.prompts(
            List.of("a photo of a boat", "a photo of a cat", "a photo of thing " + participant));
    List<String> files = Demo.pictures(PICTURES);
    for (int turn = 0; turn < PICTURES; turn++) {
      String file = files.get((participant + turn) % PICTURES);
      Picture picture = model.picture(Demo.encoded(file));
      Attribution attribution =
          model.attribute(picture, prompts, Target.contrast(participant % 2, 2));
      attributions.add(attribution);
      predictions.add(attribution.baseline());
      int latent = attribution.latents().get(0).latent();
      predictions.add(model.steer(picture, prompts, List.of(Edit.suppress(latent))));
      predictions.addAll(
          model.sweep(
              picture,
              prompts,
              List.of(),
              List.of(Edit.set(latent, 1), Edit.set(latent, 5), Edit.set(latent, 20))));
    }
    return new Session(attributions, predictions);
  }
}
