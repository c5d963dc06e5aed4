package org.steerstudy.study;

/**
 * One statement of a consent.
 *
 * @param id unique in its step
 * @param text the statement, plain text
 * @param required whether the study goes on only when it is ticked
 */
public record ConsentItem(String id, String text, boolean required) {}
