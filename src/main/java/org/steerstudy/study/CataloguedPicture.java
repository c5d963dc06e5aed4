package org.steerstudy.study;

/**
 * A picture of a model library.
 *
 * @param file name in {@code images/}
 * @param kind what it serves for, such as task, reference, aligned or twin
 * @param truth class that it shows
 * @param predicted class that the library's model predicts; empty when not stated
 */
public record CataloguedPicture(String file, String kind, String truth, String predicted) {}
