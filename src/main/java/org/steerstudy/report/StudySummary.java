package org.steerstudy.report;

import java.time.Instant;

/**
 * A study in the list of studies.
 *
 * @param versions how many versions of the script there are
 * @param links of people; those that were taken back before anybody opened them do not count
 * @param running sessions of people that are under way, those waiting for their last events
 *     included
 * @param complete sessions of people that are complete
 * @param lastActivityAt when anything of any session arrived last; null before
 */
public record StudySummary(
    String slug,
    String title,
    int versions,
    long links,
    long running,
    long complete,
    long pilots,
    long robots,
    Instant lastActivityAt) {}
