package org.steerstudy.engine;

import org.steerstudy.engine.clip.Residual;
import org.steerstudy.engine.sae.LatentActivations;

/**
 * Everything about a picture that no edit changes.
 *
 * @param residual the residual stream at the hook point: all tokens, or the class token alone where
 *     nothing else is read or edited
 * @param activations the active latents of the tokens in scope
 * @param embedding of the unmodified pass, of length one
 */
record PictureTrace(Residual residual, LatentActivations activations, float[] embedding) {

  long bytes() {
    return 4L * (residual.values().length + embedding.length) + activations.bytes();
  }
}
