package org.steerstudy.engine;

import java.util.Locale;
import java.util.Optional;
import org.steerstudy.engine.clip.ClipModel;
import org.steerstudy.engine.sae.SparseAutoencoder;
import org.steerstudy.engine.sae.TokenScope;

/**
 * Whether an autoencoder belongs to a checkpoint. An autoencoder of another model of the same size
 * runs without any error and gives numbers that mean nothing, so every sign of it is refused.
 */
final class PairCheck {

  private PairCheck() {}

  static void check(ClipModel clip, SparseAutoencoder sae) {
    int width = clip.configuration().visionWidth();
    if (sae.width() != width) {
      throw EngineException.mismatch(
          "The autoencoder reads a residual stream of width "
              + sae.width()
              + ", but that of the checkpoint has width "
              + width
              + ". Choose an autoencoder that was trained on this checkpoint.");
    }
    int last = clip.configuration().visionLayers() - 1;
    if (sae.layer() > last) {
      throw EngineException.mismatch(
          "The autoencoder reads "
              + sae.hookPoint()
              + ", but the last block of the checkpoint is blocks."
              + last
              + ". Choose an autoencoder that was trained on this checkpoint.");
    }
    if (sae.layer() == last && sae.tokens() == TokenScope.PATCHES) {
      throw EngineException.mismatch(
          "The autoencoder edits the patches after the last block, but only the class token is read"
              + " from there: no edit could have an effect. Choose an earlier block or an"
              + " autoencoder of the class token.");
    }
    checkIdentity(clip, sae);
  }

  /** A fingerprint settles the question; names are compared only where there is none. */
  private static void checkIdentity(ClipModel clip, SparseAutoencoder sae) {
    Optional<String> expected = sae.checkpointFingerprint();
    if (expected.isPresent()) {
      if (!expected.get().equalsIgnoreCase(clip.fingerprint())) {
        throw EngineException.mismatch(
            "The autoencoder was trained on the checkpoint with the fingerprint "
                + expected.get()
                + ", but this one has "
                + clip.fingerprint()
                + ".");
      }
      return;
    }
    clip.configuration()
        .name()
        .filter(name -> !sae.modelName().isEmpty() && !bare(name).equals(bare(sae.modelName())))
        .ifPresent(
            name -> {
              throw EngineException.mismatch(
                  "The autoencoder was trained on “"
                      + sae.modelName()
                      + "”, but the checkpoint is “"
                      + name
                      + "”. Choose a pair that belongs together.");
            });
  }

  /** Without the publisher and the library, which different tools write differently. */
  private static String bare(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1)
        .toLowerCase(Locale.ROOT);
  }
}
