package org.steerstudy.telemetry;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/**
 * Events of one tab, in any order, some perhaps sent before.
 *
 * @param sentAt wall time of the browser when it sent the batch, milliseconds since 1970: the
 *     difference to the server's clock corrects the times of the events
 */
public record EventBatch(
    @NotNull UUID tabId,
    @NotNull Long sentAt,
    @NotNull @Size(max = 100, message = "at most 100 events a batch")
        List<@NotNull @Valid ClientEvent> events) {}
