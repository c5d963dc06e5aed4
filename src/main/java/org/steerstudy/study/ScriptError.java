package org.steerstudy.study;

/**
 * Something wrong in a script, at its place.
 *
 * @param line counted from 1; 0 when the place is not known
 * @param column counted from 1 in characters; 0 when the place is not known
 * @param path where in the structure, such as {@code steps[2].target}; empty for the whole file
 * @param message what is wrong
 * @param suggestion what to do about it; empty for none
 */
public record ScriptError(int line, int column, String path, String message, String suggestion) {

  /** As compilers print it: {@code name:12:5: steps[2].target: message (suggestion)}. */
  public String format(String name) {
    StringBuilder text = new StringBuilder(name);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    if (!suggestion.isEmpty()) {
      text.append(" (").append(suggestion).append(')');
    }
    return text.toString();
  }
}
