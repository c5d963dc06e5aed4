/**
 * The science: CLIP checkpoints, tokenizer, preprocessing, forward passes with a cached prefix,
 * sparse autoencoders, attribution, edits, sweeps, controls and ripple checks. Pure Java and DJL:
 * no Quarkus, no HTTP, no SQL, and nothing of ours beside it.
 */
package org.steerstudy.engine;
