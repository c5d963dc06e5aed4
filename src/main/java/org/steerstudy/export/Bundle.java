package org.steerstudy.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The ZIP as it is being written. Entries go straight to the stream; what is kept in memory is one
 * line per entry. A bundle that is not {@linkplain #finish() finished} has no directory at its end
 * and no ZIP reader opens it, which is what an export cut short should look like.
 */
final class Bundle {

  /**
   * All entries carry the earliest time a ZIP can hold, so that equal content gives equal bytes.
   */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /**
   * An entry that has been written.
   *
   * @param rows of a table without its header; null for other files
   * @param guarded cells that got an apostrophe; null for other files
   */
  record Entry(String name, Long rows, Long guarded, long bytes, String sha256) {}

  /** Writes the content of an entry. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private final ZipOutputStream zip;
  private final List<Entry> entries = new ArrayList<>();

  Bundle(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  void file(String name, String text) throws IOException {
    file(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  void file(String name, Content content) throws IOException {
    Measured measured = write(name, content);
    entries.add(new Entry(name, null, null, measured.bytes, measured.sha256()));
  }

  /** As {@link #file}; the rows are known when the content has been written. */
  void table(String name, TableContent content) throws IOException {
    CsvWriter[] written = new CsvWriter[1];
    Measured measured = write(name, out -> written[0] = content.writeTo(out));
    entries.add(
        new Entry(
            name, written[0].rows(), written[0].guarded(), measured.bytes, measured.sha256()));
  }

  /** Writes a table and gives back the writer that counted its rows. */
  @FunctionalInterface
  interface TableContent {
    CsvWriter writeTo(OutputStream out) throws IOException;
  }

  /** The entries written so far. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Ends the ZIP; the stream under it stays open. */
  void finish() throws IOException {
    zip.finish();
    zip.flush();
  }

  private Measured write(String name, Content content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    Measured measured = new Measured(zip);
    content.writeTo(measured);
    zip.closeEntry();
    return measured;
  }

  /** Counts and hashes what passes through, and leaves the ZIP open. */
  private static final class Measured extends DigestOutputStream {

    private long bytes;

    Measured(OutputStream out) {
      super(out, newSha256());
    }

    @Override
    public void write(int b) throws IOException {
      super.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
      super.write(b, off, len);
      bytes += len;
    }

    @Override
    public void close() throws IOException {
      flush();
    }

    String sha256() {
      return HexFormat.of().formatHex(getMessageDigest().digest());
    }
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
