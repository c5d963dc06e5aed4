package org.steerstudy.workbench;

import java.util.ArrayList;
import java.util.List;

/**
 * The states that a participant went through in a task, rebuilt from the stored interventions: undo
 * and redo move in them, and any new edit drops what could still have been redone. A value; every
 * change gives another.
 */
final class EditHistory {

  private final List<List<StoredEdit>> states;
  private final int present;

  private EditHistory(List<List<StoredEdit>> states, int present) {
    this.states = states;
    this.present = present;
  }

  static EditHistory empty() {
    return new EditHistory(List.of(List.of()), 0);
  }

  /** Replays what was applied, in its order. */
  static EditHistory of(List<AppliedChange> changes) {
    EditHistory history = empty();
    for (AppliedChange each : changes) {
      history =
          switch (each.action()) {
            case UNDO -> history.undo();
            case REDO -> history.redo();
            case EDIT, RESET, RESET_ALL -> history.push(each.editsAfter());
          };
    }
    return history;
  }

  List<StoredEdit> standing() {
    return states.get(present);
  }

  boolean canUndo() {
    return present > 0;
  }

  boolean canRedo() {
    return present < states.size() - 1;
  }

  EditHistory undo() {
    return new EditHistory(states, present - 1);
  }

  EditHistory redo() {
    return new EditHistory(states, present + 1);
  }

  EditHistory push(List<StoredEdit> edits) {
    List<List<StoredEdit>> kept = new ArrayList<>(states.subList(0, present + 1));
    kept.add(List.copyOf(edits));
    return new EditHistory(List.copyOf(kept), present + 1);
  }

  /** The standing edits with this one in place of the latent's earlier one, if it had one. */
  List<StoredEdit> with(StoredEdit edit) {
    List<StoredEdit> edits = new ArrayList<>();
    boolean replaced = false;
    for (StoredEdit standing : standing()) {
      if (standing.latent() == edit.latent()) {
        edits.add(edit);
        replaced = true;
      } else {
        edits.add(standing);
      }
    }
    if (!replaced) {
      edits.add(edit);
    }
    return List.copyOf(edits);
  }

  List<StoredEdit> without(int latent) {
    return standing().stream().filter(edit -> edit.latent() != latent).toList();
  }
}
