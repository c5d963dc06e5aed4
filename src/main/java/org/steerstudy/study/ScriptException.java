package org.steerstudy.study;

import java.util.List;
import java.util.stream.Collectors;

/** A script, or the list of pictures of a model library, that cannot be used; holds every error. */
public final class ScriptException extends RuntimeException {

  private final transient List<ScriptError> errors;
  private final String name;

  private ScriptException(String name, List<ScriptError> errors) {
    super(errors.stream().map(error -> error.format(name)).collect(Collectors.joining("\n")));
    this.name = name;
    this.errors = List.copyOf(errors);
  }

  /** The text called {@code name} has these errors, at least one. */
  public static ScriptException of(String name, List<ScriptError> errors) {
    return new ScriptException(name, errors);
  }

  /** The text called {@code name} has one error at a known place. */
  static ScriptException at(String name, int line, int column, String message, String suggestion) {
    return of(name, List.of(new ScriptError(line, column, "", message, suggestion)));
  }

  /** The errors in the order of the text. */
  public List<ScriptError> errors() {
    return errors;
  }

  /** What the text is called in the message, such as its file. */
  public String name() {
    return name;
  }
}
