package org.steerstudy.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * A problem document (RFC 9457). Its type is "about:blank": the status says the kind, the detail
 * says what to do, and the members carry what a program needs (missing ranges, field errors).
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(
    int status, String title, String detail, @JsonAnyGetter Map<String, Object> members) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    members = Map.copyOf(members);
  }

  public String type() {
    return "about:blank";
  }
}
