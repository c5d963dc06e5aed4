package org.steerstudy.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How staff get in, and for how long. */
@ConfigMapping(prefix = "steerstudy.staff")
public interface AccessConfig {

  /** The first account's password; without it the first start generates one to be used once. */
  Optional<String> password();

  /** A sign-in ends after this time without a request. */
  @WithDefault("8H")
  Duration idle();

  /** A sign-in ends after this time in any case. */
  @WithDefault("7D")
  Duration longest();

  /** So many wrong passwords in a row lock an account. */
  @WithDefault("10")
  int lockAfter();

  @WithDefault("15M")
  Duration lockFor();
}
