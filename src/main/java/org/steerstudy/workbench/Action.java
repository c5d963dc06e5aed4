package org.steerstudy.workbench;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a participant asks for. */
public enum Action {
  @JsonProperty("edit")
  EDIT,
  @JsonProperty("reset")
  RESET,
  @JsonProperty("reset-all")
  RESET_ALL,
  @JsonProperty("undo")
  UNDO,
  @JsonProperty("redo")
  REDO
}
