package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether something is asked. */
public enum Ask {
  /** Asked, and work goes on only with an answer. */
  REQUIRED("required"),

  /** Asked, may be left empty. */
  OPTIONAL("optional"),

  /** Not asked. */
  OFF("off");

  private final String key;

  Ask(String key) {
    this.key = key;
  }

  /** How it is written in scripts and JSON. */
  @JsonValue
  public String key() {
    return key;
  }
}
