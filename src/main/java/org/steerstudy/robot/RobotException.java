package org.steerstudy.robot;

import java.net.URI;
import java.time.Duration;

/** A robot could not go on; the message says which request failed and what the server said. */
public final class RobotException extends RuntimeException {

  private RobotException(String message, Throwable cause) {
    super(message, cause);
  }

  static RobotException refused(String method, URI address, int status, String detail) {
    return new RobotException(
        "%s %s was answered with %d: %s".formatted(method, address.getPath(), status, detail),
        null);
  }

  static RobotException unreachable(String method, URI address, Throwable cause) {
    return new RobotException(
        "%s %s got no answer (%s). Is the server running?".formatted(method, address, cause),
        cause);
  }

  static RobotException late(String method, URI address, Duration limit, Throwable cause) {
    return new RobotException(
        "%s %s was not answered within %d s.".formatted(method, address, limit.toSeconds()), cause);
  }

  static RobotException interrupted(String method, URI address, Throwable cause) {
    return new RobotException(
        "The robot was stopped while it waited for %s %s.".formatted(method, address), cause);
  }

  static RobotException notJson(URI address, Throwable cause) {
    return new RobotException("%s did not answer with JSON.".formatted(address), cause);
  }

  static RobotException unreadable(Object what, Throwable cause) {
    return new RobotException("%s cannot be read: %s".formatted(what, cause.getMessage()), cause);
  }

  /** The server answered, but not as its interface promises. */
  static RobotException broken(String what) {
    return new RobotException(what, null);
  }
}
