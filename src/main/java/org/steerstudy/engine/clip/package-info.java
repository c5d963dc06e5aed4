/**
 * CLIP as Hugging Face stores it: configuration, weights, tokenizer, Pillow-equal preprocessing,
 * and the forward passes of both towers, the vision tower split at a hook point so that its prefix
 * can be kept.
 */
package org.steerstudy.engine.clip;
