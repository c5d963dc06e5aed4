package org.steerstudy.engine.steering;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.steerstudy.engine.EngineException;

/** Edits that are in force together: at most one per latent, in an order that does not matter. */
public final class EditSet {

  private final SortedMap<Integer, Edit> byLatent;

  private EditSet(SortedMap<Integer, Edit> byLatent) {
    this.byLatent = byLatent;
  }

  /**
   * @param latents how many latents the autoencoder has
   * @throws EngineException of kind EDIT when a latent does not exist or is edited twice
   */
  public static EditSet of(List<Edit> edits, int latents) {
    SortedMap<Integer, Edit> byLatent = new TreeMap<>();
    for (Edit edit : edits) {
      requireKnown(edit, latents);
      if (byLatent.put(edit.latent(), edit) != null) {
        throw EngineException.edit(
            "Latent " + edit.latent() + " is edited twice. Keep one of the edits.");
      }
    }
    return new EditSet(byLatent);
  }

  /** These edits with another one, in place of one of the same latent. */
  public EditSet with(Edit dose, int latents) {
    requireKnown(dose, latents);
    SortedMap<Integer, Edit> changed = new TreeMap<>(byLatent);
    changed.put(dose.latent(), dose);
    return new EditSet(changed);
  }

  /** The edits by latent, ascending. */
  Map<Integer, Edit> byLatent() {
    return byLatent;
  }

  private static void requireKnown(Edit edit, int latents) {
    if (edit.latent() >= latents) {
      throw EngineException.edit(
          "There is no latent "
              + edit.latent()
              + "; the autoencoder has the latents 0 to "
              + (latents - 1)
              + ".");
    }
  }
}
