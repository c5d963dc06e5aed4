package org.steerstudy.workbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditHistoryTest {

  private static final StoredEdit SUPPRESSED = new StoredEdit(7, "suppress", 0);
  private static final StoredEdit DOUBLED = new StoredEdit(9, "scale", 2);

  @Test
  void beginsWithoutEditsAndWithNothingToUndo() {
    EditHistory history = EditHistory.empty();
    assertEquals(List.of(), history.standing());
    assertFalse(history.canUndo());
    assertFalse(history.canRedo());
  }

  @Test
  void undoReturnsToTheStateBeforeAndRedoComesBack() {
    EditHistory history = EditHistory.empty().push(List.of(SUPPRESSED));
    assertEquals(List.of(), history.undo().standing());
    assertTrue(history.undo().canRedo());
    assertEquals(List.of(SUPPRESSED), history.undo().redo().standing());
  }

  @Test
  void aNewEditAfterUndoDropsWhatCouldHaveBeenRedone() {
    EditHistory history =
        EditHistory.empty().push(List.of(SUPPRESSED)).undo().push(List.of(DOUBLED));
    assertEquals(List.of(DOUBLED), history.standing());
    assertFalse(history.canRedo());
  }

  @Test
  void aLatentIsEditedOnceTheNewerEditTakesThePlaceOfTheOlder() {
    EditHistory history = EditHistory.empty().push(List.of(SUPPRESSED, DOUBLED));
    StoredEdit halved = new StoredEdit(7, "scale", 0.5);
    assertEquals(List.of(halved, DOUBLED), history.with(halved));
  }

  @Test
  void aResetTakesBackTheEditOfOneLatent() {
    EditHistory history = EditHistory.empty().push(List.of(SUPPRESSED, DOUBLED));
    assertEquals(List.of(DOUBLED), history.without(7));
  }

  @Test
  void isRebuiltFromWhatWasApplied() {
    EditHistory history =
        EditHistory.of(
            List.of(
                new AppliedChange(Action.EDIT, List.of(SUPPRESSED)),
                new AppliedChange(Action.EDIT, List.of(SUPPRESSED, DOUBLED)),
                new AppliedChange(Action.UNDO, List.of(SUPPRESSED))));
    assertEquals(List.of(SUPPRESSED), history.standing());
    assertTrue(history.canUndo());
    assertTrue(history.canRedo());
  }
}
