/**
 * Sparse autoencoders in the SAELens v6 format: configuration, weights, encoding, and the checks
 * that refuse a dictionary that does not belong to the model, the hook point or the token scope.
 */
package org.steerstudy.engine.sae;
