package org.steerstudy.study;

import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.steerstudy.platform.Hashes;
import org.steerstudy.platform.SteerStudyConfig;

/**
 * The pictures of the model libraries, addressed by the SHA-256 of their bytes. A browser never
 * learns a file's name (it may give the planted cause away), and no request is ever turned into a
 * path.
 */
@ApplicationScoped
public class PictureShelf {

  private final SteerStudyConfig config;
  private final Map<String, List<ShelvedPicture>> libraries = new ConcurrentHashMap<>();
  private final Map<String, ShelvedPicture> byHash = new ConcurrentHashMap<>();

  PictureShelf(SteerStudyConfig config) {
    this.config = config;
  }

  /**
   * A picture with its content address.
   *
   * @param widthPx of the file as stored
   * @param heightPx of the file as stored
   */
  public record ShelvedPicture(
      String sha256, Path path, int widthPx, int heightPx, CataloguedPicture entry) {

    /** The bytes as they are on disk. */
    public byte[] bytes() {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new UncheckedIOException("the picture " + entry.file() + " cannot be read", e);
      }
    }
  }

  /** All pictures of a library, in the order of its catalogue. */
  public List<ShelvedPicture> library(String name) {
    return libraries.computeIfAbsent(name, this::load);
  }

  /** The picture of a library that the catalogue calls by this file name. */
  public Optional<ShelvedPicture> find(String library, String file) {
    return library(library).stream().filter(p -> p.entry().file().equals(file)).findFirst();
  }

  /** A picture of any library that has been opened. */
  public Optional<ShelvedPicture> byHash(String sha256) {
    return Optional.ofNullable(byHash.get(sha256));
  }

  private List<ShelvedPicture> load(String name) {
    Path folder = config.models().resolve(name);
    List<ShelvedPicture> pictures = new ArrayList<>();
    Map<String, ShelvedPicture> hashes = new LinkedHashMap<>();
    PictureCatalog catalog = PictureCatalog.read(folder);
    for (CataloguedPicture entry : catalog.pictures()) {
      Path path = catalog.path(entry);
      try {
        byte[] bytes = Files.readAllBytes(path);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        if (image == null) {
          throw new IOException("it is not a picture that can be read");
        }
        ShelvedPicture picture =
            new ShelvedPicture(
                Hashes.hex(Hashes.sha256(bytes)), path, image.getWidth(), image.getHeight(), entry);
        pictures.add(picture);
        hashes.put(picture.sha256(), picture);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The picture " + entry.file() + " of the library '" + name + "' cannot be used", e);
      }
    }
    byHash.putAll(hashes);
    return List.copyOf(pictures);
  }
}
