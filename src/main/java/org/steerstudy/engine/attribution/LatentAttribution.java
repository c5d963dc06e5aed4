package org.steerstudy.engine.attribution;

/**
 * How much a prediction rests on one active latent, to first order.
 *
 * @param latent its number
 * @param activation its activation, summed over the tokens in scope
 * @param score activation times gradient, summed over the tokens in scope, in logits; about what
 *     the target would lose without the latent
 * @param tokenActivations its activation on each token in scope
 */
public record LatentAttribution(
    int latent, float activation, float score, float[] tokenActivations) {}
