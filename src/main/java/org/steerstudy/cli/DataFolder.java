package org.steerstudy.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder that holds a server's data. One process owns it at a time, by a lock that the
 * operating system releases however the process ends. The owner notes beside the lock where it can
 * be reached.
 */
final class DataFolder implements AutoCloseable {

  private static final String ADDRESS = "address";
  private static final String DATABASE = "database";

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * @throws CommandException when another process owns the folder, or it cannot be written
   */
  static DataFolder own(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel = channel(folder);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        throw CommandException.dataInUse(folder, note(folder, ADDRESS).orElse(""));
      }
      return new DataFolder(folder, channel, lock.get());
    } catch (IOException e) {
      throw CommandException.unwritable(folder, e);
    }
  }

  /** The JDBC URL of the embedded database, if a process owns the folder now. */
  static Optional<String> databaseOfRunning(Path folder) {
    try (FileChannel channel = channel(folder)) {
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isPresent()) {
        lock.get().release();
        return Optional.empty();
      }
      return note(folder, DATABASE);
    } catch (IOException e) {
      throw CommandException.unwritable(folder, e);
    }
  }

  Path path() {
    return folder;
  }

  /** Notes where the server and, when it is the embedded one, its database can be reached. */
  void note(String address, Optional<String> jdbcUrl) {
    try {
      Files.writeString(folder.resolve(ADDRESS), address);
      if (jdbcUrl.isPresent()) {
        Files.writeString(folder.resolve(DATABASE), jdbcUrl.get());
      }
    } catch (IOException e) {
      throw CommandException.unwritable(folder, e);
    }
  }

  private static FileChannel channel(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve("steerstudy.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> note(Path folder, String name) throws IOException {
    Path note = folder.resolve(name);
    return Files.exists(note) ? Optional.of(Files.readString(note).strip()) : Optional.empty();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(ADDRESS));
      Files.deleteIfExists(folder.resolve(DATABASE));
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder could not be released", e);
    }
  }
}
