package org.steerstudy.engine.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor as a safetensors header declares it, already checked: {@code end - begin} is the size
 * of its shape in its type.
 *
 * @param name its name
 * @param type its element type
 * @param shape its dimensions; empty for a scalar
 * @param begin first byte, counted from the start of the data
 * @param end one past the last byte
 */
record TensorEntry(String name, TensorType type, long[] shape, long begin, long end) {

  long elements() {
    return (end - begin) / type.bytes();
  }

  boolean hasShape(long... expected) {
    return Arrays.equals(shape, expected);
  }

  static String describe(long... shape) {
    return Arrays.stream(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
