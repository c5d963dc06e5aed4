package org.steerstudy.study;

/**
 * The model of a study, by names inside the models folder (never paths).
 *
 * @param library folder under {@code models/}: checkpoint, pictures and {@code images.csv}
 * @param sae folder of the sparse autoencoder inside the library
 */
public record ModelChoice(String library, String sae) {}
