package org.steerstudy.report;

/**
 * Whether everything that the browsers counted has arrived.
 *
 * @param held events stored
 * @param expected the declared end of every tab's sequence, or the highest number seen
 * @param declared whether every tab has said where its sequence ends
 */
public record Completeness(long held, long expected, boolean declared) {

  public long missing() {
    return expected - held;
  }

  /** {@code complete}, {@code gaps}, or {@code open} while a tab may still send. */
  public String verdict() {
    if (missing() > 0) {
      return "gaps";
    }
    return declared ? "complete" : "open";
  }
}
