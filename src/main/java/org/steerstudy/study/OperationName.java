package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonValue;

/** An edit of a latent that a step may allow. */
public enum OperationName {
  /** The latent is set to zero. */
  SUPPRESS("suppress"),

  /** The activation is multiplied. */
  SCALE("scale"),

  /** The activation is set to a value. */
  SET("set"),

  /** A value is added to the activation. */
  ADD("add");

  private final String key;

  OperationName(String key) {
    this.key = key;
  }

  /** How it is written in scripts and JSON. */
  @JsonValue
  public String key() {
    return key;
  }
}
