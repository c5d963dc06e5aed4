package org.steerstudy.study;

/**
 * One answer among several.
 *
 * @param id what is stored
 * @param text what is shown
 */
public record Option(String id, String text) {}
