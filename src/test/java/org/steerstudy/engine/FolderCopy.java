package org.steerstudy.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A copy of a checkpoint's or an autoencoder's folder, to be damaged. */
public record FolderCopy(Path folder) {

  public static FolderCopy of(Path original, Path parent) {
    try (Stream<Path> files = Files.list(original)) {
      Path folder = Files.createTempDirectory(parent, original.getFileName().toString());
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      return new FolderCopy(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a JSON file. */
  public FolderCopy with(String file, Consumer<ObjectNode> change) {
    Path path = folder.resolve(file);
    ObjectNode json = (ObjectNode) Demo.json(path);
    change.accept(json);
    return withText(file, json.toString());
  }

  /** Changes keys of the object {@code metadata} of {@code cfg.json}. */
  public FolderCopy withMetadata(Consumer<ObjectNode> change) {
    return with("cfg.json", cfg -> change.accept((ObjectNode) cfg.get("metadata")));
  }

  public FolderCopy withText(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public FolderCopy without(String file) {
    try {
      Files.delete(folder.resolve(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces bytes of a file by others of the same number, at their first place. */
  public FolderCopy withBytes(String file, String before, String after) {
    byte[] bytes = Demo.bytes(folder.resolve(file));
    byte[] wanted = before.getBytes(StandardCharsets.UTF_8);
    byte[] changed = after.getBytes(StandardCharsets.UTF_8);
    String searchable = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = searchable.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
    if (at < 0 || wanted.length != changed.length) {
      throw new IllegalArgumentException(before + " cannot be replaced by " + after);
    }
    System.arraycopy(changed, 0, bytes, at, changed.length);
    try {
      Files.write(folder.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode emptyObject() {
    return new ObjectMapper().createObjectNode();
  }
}
