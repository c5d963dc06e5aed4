package org.steerstudy.workbench;

import org.steerstudy.platform.CanonicalJson;
import org.steerstudy.platform.ProblemException;

/**
 * Requests that may arrive twice, because an answer got lost. The first is carried out and stored;
 * the same request again gets the stored result.
 */
final class Requests {

  private Requests() {}

  static String sha256(Object request) {
    return CanonicalJson.sha256(request);
  }

  /**
   * @throws ProblemException 409 when the number stands for another request already
   */
  static void requireSame(String storedSha256, String sha256) {
    if (!storedSha256.equals(sha256)) {
      throw ProblemException.conflict(
          "This requestId belongs to another request, which is kept. Send this one with a new"
              + " requestId.");
    }
  }
}
