package org.steerstudy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Where an export is put: the ZIP as it was written, and unpacked beside it. */
record ExportFolder(Path folder) {

  /**
   * @throws CommandException when something is in the folder already; nothing is ever overwritten
   */
  static ExportFolder create(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw CommandException.because(
            "The folder " + folder + " is not empty. Name another with --out.");
      }
    }
    return new ExportFolder(folder);
  }

  Path zip() {
    return folder.resolve("export.zip");
  }

  Path unpacked() {
    return folder.resolve("export");
  }

  /**
   * @throws CommandException when an entry of the ZIP would land outside of the folder
   */
  void unpack() throws IOException {
    Path root = unpacked().toAbsolutePath().normalize();
    try (InputStream in = Files.newInputStream(zip());
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw CommandException.because("The ZIP holds the path " + entry.getName() + ".");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(entries, target);
        }
      }
    }
  }
}
