package org.steerstudy.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where the application finds its content, and how it names itself. */
@ConfigMapping(prefix = "steerstudy")
public interface SteerStudyConfig {

  /** The folder that holds {@code models/} and {@code tasks/}. */
  @WithDefault(".")
  Path home();

  /** The address under which people reach the server, when it differs from host and port. */
  Optional<String> publicUrl();

  default Path models() {
    return home().resolve("models");
  }

  default Path tasks() {
    return home().resolve("tasks");
  }
}
