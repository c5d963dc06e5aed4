package org.steerstudy.export;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of an export, read once from its first to its last byte.
 *
 * @param header the column names; empty for files that are not tables
 * @param rows without the header; 0 for files that are not tables
 * @param problem why it is not a table, if it should be one
 */
record CsvRead(
    List<String> header, long rows, long bytes, String sha256, Optional<String> problem) {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  /**
   * @param seen takes every row of a table, with the file's name
   */
  static CsvRead of(String name, InputStream in, BiConsumer<String, Map<String, String>> seen)
      throws IOException {
    Counted counted = new Counted(in);
    DigestInputStream hashed = new DigestInputStream(counted, Bundle.newSha256());
    List<String> header = List.of();
    long rows = 0;
    Optional<String> problem = Optional.empty();
    if (name.endsWith(".csv")) {
      try {
        // Neither parser nor reader may be closed before the rest is counted.
        CSVParser parser =
            CSVParser.parse(
                new InputStreamReader(hashed, StandardCharsets.UTF_8.newDecoder()), FORMAT);
        header = parser.getHeaderNames();
        for (CSVRecord row : parser) {
          if (!row.isConsistent()) {
            problem =
                Optional.of(
                    "row "
                        + row.getRecordNumber()
                        + " has "
                        + row.size()
                        + " cells, the header "
                        + header.size()
                        + ".");
          } else {
            seen.accept(name, row.toMap());
          }
          rows++;
        }
      } catch (UncheckedIOException | CharacterCodingException | IllegalArgumentException e) {
        problem = Optional.of("the table cannot be read: " + e.getMessage());
      }
    }
    hashed.transferTo(OutputStream.nullOutputStream());
    String sha256 = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    return new CsvRead(header, rows, counted.bytes, sha256, problem);
  }

  private static final class Counted extends FilterInputStream {

    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      bytes += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      bytes += Math.max(n, 0);
      return n;
    }
  }
}
