package org.steerstudy.robot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a robot brings along, since the server does not tell it.
 *
 * @param seed of its answers to questionnaires
 * @param causes cause to name for each workbench step; for a step that is not named the robot tries
 *     the options one after the other
 */
public record RobotScript(
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) Map<String, String> causes) {

  public RobotScript {
    causes = Map.copyOf(causes);
  }

  /** A robot that knows nothing and guesses. */
  public static RobotScript uninformed(long seed) {
    return new RobotScript(seed, Map.of());
  }

  /**
   * Reads a JSON file {@code {"seed": 1, "causes": {"task-1": "mark"}}}.
   *
   * @throws RobotException if it cannot be read
   */
  public static RobotScript read(Path file) {
    try {
      return new ObjectMapper().readValue(file.toFile(), RobotScript.class);
    } catch (IOException e) {
      throw RobotException.unreadable(file, e);
    }
  }
}
