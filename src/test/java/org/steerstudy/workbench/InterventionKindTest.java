package org.steerstudy.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InterventionKindTest {

  @Test
  void removingALatentIsASuppression() {
    assertEquals(InterventionKind.SUPPRESS, InterventionKind.of(1, 0));
  }

  @Test
  void goingBackFromTwiceToOnceIsASuppression() {
    assertEquals(InterventionKind.SUPPRESS, InterventionKind.of(2, 1));
  }

  @Test
  void moreThanBeforeIsAnAmplification() {
    assertEquals(InterventionKind.AMPLIFY, InterventionKind.of(0.5, 0.75));
  }

  @Test
  void switchingBackOnAfterSuppressionIsAnAmplification() {
    assertEquals(InterventionKind.AMPLIFY, InterventionKind.of(0, 1));
  }

  @Test
  void goingToTheOtherSideOfZeroIsCountedApartWhateverItsSize() {
    assertEquals(InterventionKind.SIGN_FLIP, InterventionKind.of(1, -0.1));
    assertEquals(InterventionKind.SIGN_FLIP, InterventionKind.of(-1, 3));
  }

  @Test
  void furtherBelowZeroIsAnAmplification() {
    assertEquals(InterventionKind.AMPLIFY, InterventionKind.of(-1, -2));
  }

  @Test
  void theSameMultipleIsNoChange() {
    assertEquals(InterventionKind.UNCHANGED, InterventionKind.of(1, 1));
  }

  @Test
  void onlySettingOrAddingCanSwitchOnAnInactiveLatent() {
    assertEquals(
        InterventionKind.ACTIVATE, InterventionKind.ofInactive(new StoredEdit(3, "set", 5)));
    assertEquals(
        InterventionKind.UNCHANGED, InterventionKind.ofInactive(new StoredEdit(3, "scale", 5)));
    assertEquals(
        InterventionKind.UNCHANGED, InterventionKind.ofInactive(new StoredEdit(3, "set", 0)));
  }
}
