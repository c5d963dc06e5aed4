/**
 * What researchers look at: sessions with their completeness, counts of strategies, each count
 * opening the events that it stands on. Reads everything, writes nothing.
 */
package org.steerstudy.report;
