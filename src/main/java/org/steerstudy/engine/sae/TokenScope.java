package org.steerstudy.engine.sae;

/** Which tokens of a picture a sparse autoencoder was trained on and therefore reads and edits. */
public enum TokenScope {
  /** The class token alone, token 0. */
  CLS,
  /** The patches, all tokens but the first. */
  PATCHES,
  /** Every token. */
  ALL;

  /** The first token in scope. */
  public int first() {
    return this == PATCHES ? 1 : 0;
  }

  /** How many of a picture's tokens are in scope. */
  public int count(int tokens) {
    return switch (this) {
      case CLS -> 1;
      case PATCHES -> tokens - 1;
      case ALL -> tokens;
    };
  }
}
