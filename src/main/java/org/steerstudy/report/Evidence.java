package org.steerstudy.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Stored rows in the order of time.
 *
 * @param next where the list goes on, or null at its end
 */
public record Evidence(List<Entry> entries, String next) {

  /**
   * One stored row.
   *
   * @param record table that it is in: event, step, view, intervention, measurement, answer,
   *     outcome
   * @param id of the row; a step has one made of session and step
   * @param kind key of a basic {@link EvidenceKind}
   * @param offsetMillis since the start of the session, by the server's clock
   * @param summary the row in one sentence
   * @param detail every stored column that is not a fingerprint
   * @param fingerprints what recomputes a stored result; empty for what was not computed
   */
  public record Entry(
      String record,
      UUID id,
      String kind,
      UUID sessionId,
      String pseudonym,
      String stepId,
      Instant at,
      long offsetMillis,
      String summary,
      JsonNode detail,
      List<Fingerprint> fingerprints) {}

  /** One of the hashes and versions beside a result. */
  public record Fingerprint(String name, String value) {}

  /** How many rows of a kind there are. */
  public record Count(EvidenceKind kind, long rows) {}
}
