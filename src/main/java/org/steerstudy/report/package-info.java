/**
 * What researchers look at: studies and sessions with their completeness, counts of strategies,
 * each count opening the stored rows that it stands on. Reads everything, through a transaction
 * that the database itself holds to reading; new links are made by {@code session}, on a form that
 * stands here.
 */
package org.steerstudy.report;
