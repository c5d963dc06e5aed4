package org.steerstudy.engine.steering;

/** How an edit changes the activation f of its latent, on every token in scope. */
public enum Operation {
  /** {@code f' = 0}. */
  SUPPRESS,
  /** {@code f' = value * f}; does nothing where the latent is not active. */
  SCALE,
  /** {@code f' = value}. */
  SET,
  /** {@code f' = f + value}. */
  ADD
}
