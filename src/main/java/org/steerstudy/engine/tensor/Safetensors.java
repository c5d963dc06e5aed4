package org.steerstudy.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import org.steerstudy.engine.EngineException;

/**
 * A safetensors file, open for reading (<a
 * href="https://github.com/huggingface/safetensors">format</a>): eight bytes with the length of the
 * header, little-endian; the header, JSON; the data. The whole header is checked against the length
 * of the file before any tensor is handed out. Data are read by declared offsets only and nothing
 * in the file is ever executed.
 *
 * <p>Each tensor is mapped for the moment in which it is copied to its owner, so a checkpoint is
 * never held twice. Values of type F16 and BF16 become F32 on the way; both conversions are exact.
 */
public final class Safetensors implements AutoCloseable {

  /** A header of a large language model has about one megabyte; CLIP needs fifty kilobytes. */
  static final int MOST_HEADER_BYTES = 16 << 20;

  private static final int LENGTH_BYTES = 8;

  private final Path file;
  private final EngineException.Kind kind;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, TensorEntry> entries;

  private Safetensors(
      Path file,
      EngineException.Kind kind,
      FileChannel channel,
      long dataStart,
      Map<String, TensorEntry> entries) {
    this.file = file;
    this.kind = kind;
    this.channel = channel;
    this.dataStart = dataStart;
    this.entries = entries;
  }

  /**
   * Opens and checks a file.
   *
   * @param kind what the file belongs to, for the failure
   * @throws EngineException naming the file and the cause, when it is missing or not a whole and
   *     consistent safetensors file
   */
  public static Safetensors open(Path file, EngineException.Kind kind) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw refused(kind, file, "it has only " + size + " bytes");
      }
      long headerBytes = bytes(channel, 0, LENGTH_BYTES).getLong();
      if (headerBytes < 2 || headerBytes > MOST_HEADER_BYTES) {
        throw refused(
            kind,
            file,
            "it declares a header of "
                + Long.toUnsignedString(headerBytes)
                + " bytes; between 2 and "
                + MOST_HEADER_BYTES
                + " are accepted");
      }
      if (headerBytes > size - LENGTH_BYTES) {
        throw refused(kind, file, "the file is cut short within its header");
      }
      byte[] header = bytes(channel, LENGTH_BYTES, (int) headerBytes).array();
      long dataStart = LENGTH_BYTES + headerBytes;
      Map<String, TensorEntry> entries = SafetensorsHeader.parse(header, size - dataStart);
      return new Safetensors(file, kind, channel, dataStart, entries);
    } catch (NoSuchFileException e) {
      throw EngineException.file(kind, file, "the file is missing.", e);
    } catch (SafetensorsHeader.Refusal e) {
      closeQuietly(channel, e);
      throw refused(kind, file, e.getMessage());
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw EngineException.file(kind, file, "the file cannot be read.", e);
    } catch (EngineException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  /** The names of all tensors, in the order of the data. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Whether the file has a tensor of this name. */
  public boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * Copies a tensor into native memory as F32.
   *
   * @param owner closes the tensor
   * @param shape the shape that it must have
   * @throws EngineException when the tensor is missing, of another shape or type, or has a value
   *     that is not a number
   */
  public NDArray read(String name, NDManager owner, long... shape) {
    TensorEntry entry = require(name, shape);
    try (NDManager moment = owner.newSubManager()) {
      NDArray source = moment.create(single(entry), new Shape(entry.shape()), DataType.FLOAT32);
      NDArray copy = source.duplicate();
      // Zero times a finite number is zero; anything else shows up in the sum as NaN.
      if (copy.mul(0).sum().getFloat() != 0) {
        throw notFinite(name);
      }
      copy.attach(owner);
      return copy;
    }
  }

  /**
   * Copies a tensor into a Java array, in row-major order.
   *
   * @param shape the shape that it must have
   * @throws EngineException as {@link #read}
   */
  public float[] floats(String name, long... shape) {
    TensorEntry entry = require(name, shape);
    float[] values = decode(entry, map(entry));
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw notFinite(name);
      }
    }
    return values;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw EngineException.file(kind, file, "the file cannot be closed.", e);
    }
  }

  private TensorEntry require(String name, long... shape) {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw refused(kind, file, "the tensor '" + name + "' is missing");
    }
    if (!entry.hasShape(shape)) {
      throw refused(
          kind,
          file,
          "the tensor '"
              + name
              + "' has the shape "
              + TensorEntry.describe(entry.shape())
              + ", but the configuration asks for "
              + TensorEntry.describe(shape));
    }
    if (!entry.type().readable()) {
      throw refused(
          kind,
          file,
          "the tensor '" + name + "' is of type " + entry.type() + "; F32, F16 and BF16 are read");
    }
    if (entry.end() - entry.begin() > Integer.MAX_VALUE) {
      throw refused(kind, file, "the tensor '" + name + "' is larger than two gigabytes");
    }
    return entry;
  }

  /** The elements as F32: the mapped file itself where it has that type, else a converted copy. */
  private Buffer single(TensorEntry entry) {
    ByteBuffer mapped = map(entry);
    return entry.type() == TensorType.F32 ? mapped : FloatBuffer.wrap(decode(entry, mapped));
  }

  private static float[] decode(TensorEntry entry, ByteBuffer mapped) {
    float[] values = new float[Math.toIntExact(entry.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = entry.type().decode(mapped, i);
    }
    return values;
  }

  private ByteBuffer map(TensorEntry entry) {
    try {
      return channel
          .map(
              FileChannel.MapMode.READ_ONLY, dataStart + entry.begin(), entry.end() - entry.begin())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw EngineException.file(
          kind, file, "the tensor '" + entry.name() + "' cannot be read.", e);
    }
  }

  private EngineException notFinite(String name) {
    return refused(
        kind, file, "the tensor '" + name + "' holds values that are infinite or not a number");
  }

  private static EngineException refused(EngineException.Kind kind, Path file, String problem) {
    return EngineException.file(
        kind, file, problem + ". Download or export the file again and check its source.");
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file ended at byte " + (position + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static void closeQuietly(FileChannel channel, Exception cause) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
