package org.steerstudy.engine;

/** The version of what the engine's numbers mean, stored beside every number that leaves it. */
public final class EngineVersion {

  /**
   * Changes whenever the same checkpoint, autoencoder, picture, prompts and edits would give
   * numbers of another meaning; not for a change that only makes them faster.
   */
  public static final String CURRENT = "1";

  private EngineVersion() {}
}
