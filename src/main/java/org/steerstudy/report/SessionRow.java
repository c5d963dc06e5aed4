package org.steerstudy.report;

import java.time.Instant;
import java.util.UUID;

/**
 * A session in a list.
 *
 * @param stepNumber of the step that the participant is at, from 1
 * @param stepId of that step
 * @param durationSeconds to the finish, or to the last event of an unfinished session; null before
 *     any
 * @param tasks workbench steps that were entered
 */
public record SessionRow(
    UUID id,
    String pseudonym,
    boolean pilot,
    boolean robot,
    int version,
    String state,
    int stepNumber,
    String stepId,
    Instant startedAt,
    Instant finishedAt,
    Double durationSeconds,
    Completeness completeness,
    Activity activity,
    long tasks,
    long tasksSolved) {}
