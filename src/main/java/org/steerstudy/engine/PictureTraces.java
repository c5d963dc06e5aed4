package org.steerstudy.engine;

import java.util.List;
import org.steerstudy.engine.clip.ClipModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.sae.LatentActivations;
import org.steerstudy.engine.sae.SparseAutoencoder;
import org.steerstudy.engine.sae.TokenScope;
import org.steerstudy.engine.tensor.BoundedCache;

/**
 * Traces pictures through the unmodified model, once each as long as memory permits. A trace is
 * always computed for one picture alone and is the same to the last bit whether it was remembered
 * or not.
 */
final class PictureTraces {

  private static final long MOST_BYTES = 256L << 20;

  private final ClipModel clip;
  private final SparseAutoencoder sae;
  private final BoundedCache<String, PictureTrace> cache =
      new BoundedCache<>(
          Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4), PictureTrace::bytes);

  PictureTraces(ClipModel clip, SparseAutoencoder sae) {
    this.clip = clip;
    this.sae = sae;
  }

  PictureTrace of(Picture picture) {
    return cache
        .get(picture.sha256())
        .orElseGet(
            () -> {
              PictureTrace trace = compute(picture);
              cache.put(picture.sha256(), trace);
              return trace;
            });
  }

  private PictureTrace compute(Picture picture) {
    Residual all = clip.residual(picture, sae.layer());
    TokenScope scope = sae.tokens();
    LatentActivations activations =
        sae.encode(all.tokens(scope.first(), scope.count(all.tokens())));
    boolean last = sae.layer() == clip.configuration().visionLayers() - 1;
    Residual read = last && scope == TokenScope.CLS ? all.tokens(0, 1) : all;
    return new PictureTrace(read, activations, clip.embeddings(List.of(read), sae.layer())[0]);
  }
}
