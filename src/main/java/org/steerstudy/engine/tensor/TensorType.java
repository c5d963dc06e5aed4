package org.steerstudy.engine.tensor;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Element types of the safetensors format. Only the three floating-point types that CLIP and
 * autoencoder checkpoints use can be read; the others are known so that a file which also carries,
 * say, integer position ids can still be checked as a whole.
 */
enum TensorType {
  F64(8),
  F32(4, true) {
    @Override
    float decode(ByteBuffer buffer, int element) {
      return buffer.getFloat(element * 4);
    }
  },
  F16(2, true) {
    @Override
    float decode(ByteBuffer buffer, int element) {
      return halfToFloat(buffer.getShort(element * 2));
    }
  },
  BF16(2, true) {
    @Override
    float decode(ByteBuffer buffer, int element) {
      return Float.intBitsToFloat(buffer.getShort(element * 2) << 16);
    }
  },
  F8_E4M3(1),
  F8_E5M2(1),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1);

  private final int bytes;
  private final boolean readable;

  TensorType(int bytes) {
    this(bytes, false);
  }

  TensorType(int bytes, boolean readable) {
    this.bytes = bytes;
    this.readable = readable;
  }

  int bytes() {
    return bytes;
  }

  /** Whether the engine reads tensors of this type. */
  boolean readable() {
    return readable;
  }

  /** The value of one element of a little-endian buffer. */
  float decode(ByteBuffer buffer, int element) {
    throw new UnsupportedOperationException("tensors of type " + this + " are not read");
  }

  static Optional<TensorType> named(String name) {
    for (TensorType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** IEEE 754 binary16 to binary32, exact for every finite value, infinity and NaN. */
  private static float halfToFloat(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
    }
    return half < 0 ? -magnitude : magnitude;
  }
}
