package org.steerstudy.engine.clip;

/**
 * The residual stream of one picture after one block, on the Java heap. The array is shared and
 * must not be written to.
 *
 * @param tokens number of tokens, the class token first
 * @param width width of the residual stream
 * @param values {@code [tokens, width]}
 */
public record Residual(int tokens, int width, float[] values) {

  /** Some of its tokens. */
  public Residual tokens(int from, int count) {
    if (from == 0 && count == tokens) {
      return this;
    }
    float[] part = new float[count * width];
    System.arraycopy(values, from * width, part, 0, part.length);
    return new Residual(count, width, part);
  }
}
