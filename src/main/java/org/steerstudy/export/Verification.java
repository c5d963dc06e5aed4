package org.steerstudy.export;

import java.util.List;
import java.util.Map;

/**
 * What {@link ExportVerifier} found in an export.
 *
 * @param rows of every table, as counted in the file
 * @param gaps numbers that browsers declared or that lie below the highest number held, and that
 *     are not in the export
 * @param problems everything that makes the export unfit for use, each with what is wrong; empty
 *     when the files are those that were written
 */
public record Verification(Map<String, Long> rows, List<Gap> gaps, List<String> problems) {

  /** Missing numbers of one tab's sequence, both ends included. */
  public record Gap(String pseudonym, String session, String tab, long first, long last) {}

  /** Whether every file is as it was written. Gaps do not count: they are part of the truth. */
  public boolean intact() {
    return problems.isEmpty();
  }

  /** Whether the export is intact and no event is missing. */
  public boolean complete() {
    return intact() && gaps.isEmpty();
  }
}
