package org.steerstudy.workbench;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether an intervention was looked at while dragging, or made to stand. */
public enum Phase {
  @JsonProperty("preview")
  PREVIEW,
  @JsonProperty("applied")
  APPLIED
}
