package org.steerstudy.workbench;

/**
 * What an intervention does to its latent, by the multiples of the observed activation before and
 * after it. The multiples are stored as well, so that anybody may count by another rule.
 */
public enum InterventionKind {
  /** Nearer to zero than before, zero included. */
  SUPPRESS("suppress"),
  /** Further from zero than before, on the same side. */
  AMPLIFY("amplify"),
  /** To the other side of zero. */
  SIGN_FLIP("sign-flip"),
  /** Switches on a latent that is not active in this picture. */
  ACTIVATE("activate"),
  /** Leaves the activation where it was. */
  UNCHANGED("unchanged"),
  /** Takes edits back, of one latent or all. */
  RESET("reset"),
  UNDO("undo"),
  REDO("redo");

  private final String stored;

  InterventionKind(String stored) {
    this.stored = stored;
  }

  /** The name in the database, in events and in exports. */
  public String stored() {
    return stored;
  }

  static InterventionKind of(double multipleBefore, double multipleAfter) {
    if (multipleBefore * multipleAfter < 0) {
      return SIGN_FLIP;
    }
    int change = Double.compare(Math.abs(multipleAfter), Math.abs(multipleBefore));
    if (change < 0) {
      return SUPPRESS;
    }
    return change > 0 ? AMPLIFY : UNCHANGED;
  }

  static InterventionKind ofInactive(StoredEdit edit) {
    boolean switchesOn =
        (edit.operation().equals("set") || edit.operation().equals("add")) && edit.value() != 0;
    return switchesOn ? ACTIVATE : UNCHANGED;
  }
}
