package org.steerstudy.telemetry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.steerstudy.platform.CanonicalJson;
import org.steerstudy.platform.Hashes;

/**
 * One thing that a browser tab saw or did.
 *
 * @param eventId drawn by the browser; the same event sent twice has the same
 * @param seq counts the tab's events from 1 without a gap
 * @param type dotted name, for example {@code slider.moved}
 * @param stepId the step of the script that was open, if any
 * @param clientTime wall time of the browser, milliseconds since 1970
 * @param monoMs milliseconds on the tab's monotonic clock
 * @param payload a JSON object that belongs to the type
 */
public record ClientEvent(
    @NotNull UUID eventId,
    @Min(1) long seq,
    @NotNull @Pattern(regexp = "[a-z][a-z0-9.-]{0,63}") String type,
    @Size(max = 100) String stepId,
    @NotNull Long clientTime,
    @NotNull Double monoMs,
    JsonNode payload) {

  public ClientEvent {
    payload = payload == null || payload.isNull() ? JsonNodeFactory.instance.objectNode() : payload;
  }

  /** SHA-256 of everything that makes this event the same event, whichever batch carries it. */
  @JsonIgnore
  byte[] bodySha256(UUID tabId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("tabId", tabId);
    body.put("seq", seq);
    body.put("type", type);
    body.put("stepId", stepId);
    body.put("clientTime", clientTime);
    body.put("monoMs", monoMs);
    body.put("payload", payload);
    return Hashes.sha256(CanonicalJson.text(body));
  }
}
