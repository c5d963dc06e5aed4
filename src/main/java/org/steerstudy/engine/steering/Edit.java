package org.steerstudy.engine.steering;

import org.steerstudy.engine.EngineException;

/**
 * One change of one latent.
 *
 * @param latent its number
 * @param operation what is done to its activation
 * @param value the dose: a factor for SCALE, an activation for SET and ADD, 0 for SUPPRESS
 */
public record Edit(int latent, Operation operation, double value) {

  /**
   * Checks what can be known without the autoencoder.
   *
   * @throws EngineException of kind EDIT for a negative latent, a dose that is infinite or not a
   *     number, or a suppression with a dose
   */
  public Edit {
    if (latent < 0) {
      throw EngineException.edit("There is no latent " + latent + ".");
    }
    if (!Double.isFinite(value)) {
      throw EngineException.edit("The dose of latent " + latent + " must be a number.");
    }
    if (operation == Operation.SUPPRESS && value != 0) {
      throw EngineException.edit(
          "Suppressing latent " + latent + " takes no dose. Use SET or SCALE for one.");
    }
  }

  /** {@code f' = 0}. */
  public static Edit suppress(int latent) {
    return new Edit(latent, Operation.SUPPRESS, 0);
  }

  /** {@code f' = factor * f}. */
  public static Edit scale(int latent, double factor) {
    return new Edit(latent, Operation.SCALE, factor);
  }

  /** {@code f' = activation}. */
  public static Edit set(int latent, double activation) {
    return new Edit(latent, Operation.SET, activation);
  }

  /** {@code f' = f + activation}. */
  public static Edit add(int latent, double activation) {
    return new Edit(latent, Operation.ADD, activation);
  }

  /** The same edit of another latent. */
  Edit movedTo(int other) {
    return new Edit(other, operation, value);
  }

  /** The change of an activation, {@code f' - f}. */
  double change(float activation) {
    return switch (operation) {
      case SUPPRESS -> -activation;
      case SCALE -> (value - 1) * activation;
      case SET -> value - activation;
      case ADD -> value;
    };
  }
}
