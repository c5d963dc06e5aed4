package org.steerstudy.cli;

import java.nio.file.Path;

/** A command that cannot be carried out; the message says why and what to do. */
final class CommandException extends RuntimeException {

  private CommandException(String message, Throwable cause) {
    super(message, cause);
  }

  static CommandException because(String message) {
    return new CommandException(message, null);
  }

  static CommandException dataInUse(Path folder, String address) {
    String where = address.isEmpty() ? "" : " It answers at " + address + ".";
    return because(
        "Another SteerStudy is using the data folder "
            + folder
            + "."
            + where
            + " Stop it first, or choose another folder with --data.");
  }

  static CommandException unwritable(Path folder, Throwable cause) {
    return new CommandException(
        "The data folder " + folder + " cannot be written. Choose another with --data.", cause);
  }

  static CommandException failed(String message, Throwable cause) {
    return new CommandException(message, cause);
  }
}
