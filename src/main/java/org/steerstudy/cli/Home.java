package org.steerstudy.cli;

import java.nio.file.Path;

/** The folder with {@code models/} and {@code tasks/}, as the launcher gives it. */
final class Home {

  private Home() {}

  static Path folder() {
    return Path.of(System.getProperty("steerstudy.home", ".")).toAbsolutePath().normalize();
  }
}
