package org.steerstudy.study;

import com.fasterxml.jackson.annotation.JsonValue;

/** A part of the workbench that a step may show. */
public enum Panel {
  /** The ranked latents with their attribution. */
  ATTRIBUTION("attribution"),

  /** Pictures that activate a latent most. */
  EXAMPLES("examples"),

  /** Edits of latents. */
  STEERING("steering"),

  /** The effect of one latent over several doses. */
  SWEEP("sweep"),

  /** The effect of the standing edits on other pictures. */
  RIPPLE("ripple"),

  /** What was done so far, with undo and redo. */
  HISTORY("history");

  private final String key;

  Panel(String key) {
    this.key = key;
  }

  /** How it is written in scripts and JSON. */
  @JsonValue
  public String key() {
    return key;
  }
}
