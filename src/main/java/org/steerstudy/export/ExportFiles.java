package org.steerstudy.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of an export, in a ZIP or unpacked into a folder. */
interface ExportFiles extends AutoCloseable {

  /** Paths with slashes; of a ZIP in the order of its directory. */
  List<String> names() throws IOException;

  InputStream open(String name) throws IOException;

  @Override
  void close() throws IOException;

  static ExportFiles at(Path path) throws IOException {
    return Files.isDirectory(path) ? new Folder(path) : new Zip(new ZipFile(path.toFile()));
  }

  /** An unpacked export. */
  record Folder(Path root) implements ExportFiles {

    @Override
    public List<String> names() throws IOException {
      try (Stream<Path> files = Files.walk(root)) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> root.relativize(file).toString().replace('\\', '/'))
            .sorted()
            .toList();
      }
    }

    @Override
    public InputStream open(String name) throws IOException {
      return Files.newInputStream(root.resolve(name));
    }

    @Override
    public void close() {}
  }

  /** An export as it was downloaded. */
  record Zip(ZipFile file) implements ExportFiles {

    @Override
    public List<String> names() {
      return file.stream().map(ZipEntry::getName).toList();
    }

    @Override
    public InputStream open(String name) throws IOException {
      return file.getInputStream(file.getEntry(name));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
