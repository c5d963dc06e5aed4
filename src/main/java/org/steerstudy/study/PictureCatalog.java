package org.steerstudy.study;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The pictures of a model library, as its {@code images.csv} lists them. Pictures are known by name
 * only, so nothing outside {@code images/} can be reached.
 */
public final class PictureCatalog {

  private static final String LIST = "images.csv";
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");
  private static final List<String> NEEDED = List.of("file", "kind", "class");

  private final Path images;
  private final Map<String, CataloguedPicture> pictures;

  private PictureCatalog(Path images, Map<String, CataloguedPicture> pictures) {
    this.images = images;
    this.pictures = Collections.unmodifiableMap(pictures);
  }

  /**
   * Reads {@code images.csv}: columns {@code file}, {@code kind} and {@code class}, optionally
   * {@code predicted}; others are passed over.
   *
   * @throws ScriptException if the list is missing, lacks a column, or names a picture twice or one
   *     that is not there
   */
  public static PictureCatalog read(Path libraryFolder) {
    Path list = libraryFolder.resolve(LIST);
    String name = libraryFolder.getFileName() + "/" + LIST;
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    try (Reader reader = Files.newBufferedReader(list, StandardCharsets.UTF_8);
        CSVParser rows = format.parse(reader)) {
      return new PictureCatalog(libraryFolder.resolve("images"), pictures(rows, name))
          .withEveryFile(name);
    } catch (NoSuchFileException e) {
      throw ScriptException.at(
          name, 0, 0, "the library has no list of pictures", "add " + LIST + " to the library");
    } catch (CharacterCodingException e) {
      throw ScriptException.at(name, 0, 0, "the list is not UTF-8 text", "save it as UTF-8");
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw ScriptException.at(name, 0, 0, "the list is not CSV: " + e.getMessage(), "");
    } catch (IOException e) {
      throw ScriptException.at(name, 0, 0, "the list cannot be read: " + e.getMessage(), "");
    }
  }

  private static Map<String, CataloguedPicture> pictures(CSVParser rows, String name) {
    Collection<String> columns = rows.getHeaderNames();
    for (String needed : NEEDED) {
      if (!columns.contains(needed)) {
        throw ScriptException.at(
            name,
            1,
            1,
            "the column \"" + needed + "\" is missing",
            Spelling.suggestion(needed, columns));
      }
    }
    Map<String, CataloguedPicture> pictures = new LinkedHashMap<>();
    for (CSVRecord row : rows) {
      int line = (int) rows.getCurrentLineNumber();
      if (!row.isConsistent()) {
        throw ScriptException.at(
            name,
            line,
            1,
            "the row has " + row.size() + " values for " + columns.size() + " columns",
            "");
      }
      String file = row.get("file");
      if (!FILE.matcher(file).matches()) {
        throw ScriptException.at(
            name, line, 1, "\"" + file + "\" is not the name of a picture", "no folders in it");
      }
      String predicted = columns.contains("predicted") ? row.get("predicted") : "";
      CataloguedPicture picture =
          new CataloguedPicture(file, row.get("kind"), row.get("class"), predicted);
      if (pictures.put(file, picture) != null) {
        throw ScriptException.at(name, line, 1, "\"" + file + "\" is listed twice", "");
      }
    }
    return pictures;
  }

  private PictureCatalog withEveryFile(String name) {
    List<ScriptError> missing = new ArrayList<>();
    for (String file : pictures.keySet()) {
      if (!Files.isRegularFile(images.resolve(file))) {
        missing.add(new ScriptError(0, 0, file, "the picture is listed but is not in images/", ""));
      }
    }
    if (!missing.isEmpty()) {
      throw ScriptException.of(name, missing);
    }
    return this;
  }

  /** Every picture, in the order of the list. */
  public List<CataloguedPicture> pictures() {
    return List.copyOf(pictures.values());
  }

  /** The pictures of these kinds, in the order of the list. */
  public List<CataloguedPicture> ofKinds(Collection<String> kinds) {
    return pictures.values().stream().filter(picture -> kinds.contains(picture.kind())).toList();
  }

  public Optional<CataloguedPicture> find(String file) {
    return Optional.ofNullable(pictures.get(file));
  }

  /** The kinds that occur. */
  public Set<String> kinds() {
    Set<String> kinds = new LinkedHashSet<>();
    pictures.values().forEach(picture -> kinds.add(picture.kind()));
    return Collections.unmodifiableSet(kinds);
  }

  /**
   * Where a listed picture lies.
   *
   * @throws IllegalArgumentException if it is not listed
   */
  public Path path(CataloguedPicture picture) {
    if (!picture.equals(pictures.get(picture.file()))) {
      throw new IllegalArgumentException("not a picture of this library: " + picture.file());
    }
    return images.resolve(picture.file());
  }
}
