package org.steerstudy.telemetry;

import java.util.List;
import java.util.UUID;

/**
 * What became of a batch.
 *
 * @param acceptedUpTo every event of the tab up to this number is held; the browser may forget them
 * @param missing gaps above that number
 * @param stored how many events of the batch are new
 * @param repeated how many were held already, unchanged
 * @param conflicts ids whose id or sequence number is held with another body; not stored
 */
public record Receipt(
    long acceptedUpTo,
    List<SequenceCoverage.Range> missing,
    int stored,
    int repeated,
    List<UUID> conflicts) {}
