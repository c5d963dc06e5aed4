package org.steerstudy.platform;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that the caller can know and act upon. Becomes an RFC 9457 problem document, or an
 * error page for a browser. The detail says what happened, what was kept, and what to do.
 */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;

  private ProblemException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  public static ProblemException badRequest(String detail) {
    return of(400, "Bad request", detail);
  }

  public static ProblemException unauthorized(String detail) {
    return of(401, "Not signed in", detail);
  }

  public static ProblemException forbidden(String detail) {
    return of(403, "Not allowed", detail);
  }

  public static ProblemException notFound(String detail) {
    return of(404, "Not found", detail);
  }

  public static ProblemException conflict(String detail) {
    return of(409, "Conflict", detail);
  }

  public static ProblemException gone(String detail) {
    return of(410, "No longer available", detail);
  }

  public static ProblemException unprocessable(String detail) {
    return of(422, "Not accepted", detail);
  }

  private static ProblemException of(int status, String title, String detail) {
    return new ProblemException(new Problem(status, title, detail, Map.of()));
  }

  /** The same problem with one more member in its document. */
  public ProblemException with(String member, Object value) {
    Map<String, Object> members = new LinkedHashMap<>(problem.members());
    members.put(member, value);
    return new ProblemException(
        new Problem(problem.status(), problem.title(), problem.detail(), members));
  }

  public Problem problem() {
    return problem;
  }
}
