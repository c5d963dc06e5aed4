package org.steerstudy.engine.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/**
 * Multi-head self-attention, {@code softmax(Q K^T / sqrt(d) + mask) V} per head of width d.
 *
 * <p>Every method takes the number of leading tokens whose output is wanted. A caller that reads
 * only the class token of the last block asks for one and pays for one query instead of all; keys
 * and values always come from all tokens.
 *
 * @param query {@code [width, width]}
 * @param keyValue {@code [2 width, width]}, the keys' rows first
 * @param output {@code [width, width]}
 * @param heads number of heads; divides the width
 */
record SelfAttention(Projection query, Projection keyValue, Projection output, int heads) {

  /**
   * @param x {@code [batch, tokens, width]}
   * @param rows number of leading tokens whose output is wanted
   * @param mask added to the scores, {@code [tokens, tokens]}; null for none
   * @return {@code [batch, rows, width]}
   */
  NDArray forward(NDArray x, int rows, NDArray mask) {
    Heads heads = heads(x, rows, mask);
    return output.forward(merge(heads.weights().matMul(heads.values())));
  }

  /**
   * The gradient at the input from the gradient at the output.
   *
   * @param x the input of the forward pass, {@code [batch, tokens, width]}; no mask
   * @param gradient {@code [batch, rows, width]}
   * @return {@code [batch, tokens, width]}
   */
  NDArray backward(NDArray x, int rows, NDArray gradient) {
    Heads heads = heads(x, rows, null);
    NDArray p = heads.weights();
    NDArray atMixture = split(output.backward(gradient));
    NDArray atWeights = atMixture.matMul(transposed(heads.values()));
    NDArray atValues = transposed(p).matMul(atMixture);
    NDArray atScores = atWeights.sub(atWeights.mul(p).sum(new int[] {-1}, true)).muli(p);
    NDArray atQueries = atScores.matMul(heads.keys()).muli(scale(x));
    NDArray atKeys = transposed(atScores).matMul(heads.scaledQueries());
    NDArray atKeyValue = NDArrays.concat(new NDList(merge(atKeys), merge(atValues)), 2);
    NDArray throughQueries = query.backward(merge(atQueries));
    return keyValue
        .backward(atKeyValue)
        .addi(LeadingTokens.widen(throughQueries, x.getShape().get(1)));
  }

  /**
   * @param scaledQueries {@code [batch, heads, rows, d]}, divided by sqrt(d)
   * @param keys {@code [batch, heads, tokens, d]}
   * @param values {@code [batch, heads, tokens, d]}
   * @param weights softmax of the scores, {@code [batch, heads, rows, tokens]}
   */
  private record Heads(NDArray scaledQueries, NDArray keys, NDArray values, NDArray weights) {}

  private Heads heads(NDArray x, int rows, NDArray mask) {
    NDArray queries = split(query.forward(LeadingTokens.of(x, rows))).muli(scale(x));
    NDList keysAndValues = keyValue.forward(x).split(2, 2);
    NDArray keys = split(keysAndValues.get(0));
    NDArray values = split(keysAndValues.get(1));
    NDArray scores = queries.matMul(transposed(keys));
    if (mask != null) {
      scores.addi(mask);
    }
    return new Heads(queries, keys, values, scores.softmax(-1));
  }

  private double scale(NDArray x) {
    return 1 / Math.sqrt((double) x.getShape().get(2) / heads);
  }

  /** {@code [batch, tokens, width] -> [batch, heads, tokens, d]}. */
  private NDArray split(NDArray x) {
    Shape shape = x.getShape();
    return x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads).transpose(0, 2, 1, 3);
  }

  /** {@code [batch, heads, tokens, d] -> [batch, tokens, width]}. */
  private static NDArray merge(NDArray x) {
    Shape shape = x.getShape();
    return x.transpose(0, 2, 1, 3).reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
  }

  private static NDArray transposed(NDArray x) {
    return x.transpose(0, 1, 3, 2);
  }
}
