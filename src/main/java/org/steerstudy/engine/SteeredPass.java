package org.steerstudy.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.steerstudy.engine.clip.ClipModel;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.sae.SparseAutoencoder;
import org.steerstudy.engine.steering.Delta;

/**
 * Runs what follows the hook point again for every case that a delta changes, many at a time; a
 * case without a delta keeps the unmodified prediction.
 */
final class SteeredPass {

  /** Cases whose changed residual streams are held at a time. */
  private static final int CHUNK = 128;

  private final ClipModel clip;
  private final SparseAutoencoder sae;

  SteeredPass(ClipModel clip, SparseAutoencoder sae) {
    this.clip = clip;
    this.sae = sae;
  }

  /** A picture and what is done to it; empty for nothing. */
  record Case(PictureTrace picture, Optional<Delta> delta) {}

  /** The predictions of cases that are made from something else, in its order. */
  <T> List<Prediction> predict(List<T> sources, Function<T, Case> toCase, PromptSet prompts) {
    List<Prediction> predictions = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += CHUNK) {
      List<T> chunk = sources.subList(from, Math.min(sources.size(), from + CHUNK));
      for (float[] embedding : embeddings(chunk.stream().map(toCase).toList())) {
        predictions.add(clip.predict(embedding, prompts));
      }
    }
    return predictions;
  }

  private List<float[]> embeddings(List<Case> cases) {
    List<Residual> changed = new ArrayList<>();
    for (Case each : cases) {
      each.delta()
          .map(delta -> delta.addedTo(each.picture().residual(), sae.tokens().first()))
          .ifPresent(changed::add);
    }
    float[][] again = clip.embeddings(changed, sae.layer());
    List<float[]> embeddings = new ArrayList<>();
    int next = 0;
    for (Case each : cases) {
      embeddings.add(each.delta().isPresent() ? finite(again[next++]) : each.picture().embedding());
    }
    return embeddings;
  }

  private static float[] finite(float[] embedding) {
    for (float value : embedding) {
      if (!Float.isFinite(value)) {
        throw EngineException.edit(
            "The dose is so large that the model's output is not a number. Choose a smaller one.");
      }
    }
    return embedding;
  }
}
