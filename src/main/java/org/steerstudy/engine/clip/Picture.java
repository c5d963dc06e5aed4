package org.steerstudy.engine.clip;

/**
 * A picture as the model sees it. Made by {@link ClipModel#picture}; the array is shared and must
 * not be written to.
 *
 * @param sha256 SHA-256 of the encoded bytes, 64 hexadecimal digits; identifies the picture
 * @param size side of the square, in px
 * @param pixels normalised values, {@code [3, size, size]}, red first
 */
public record Picture(String sha256, int size, float[] pixels) {}
