package org.steerstudy.workbench;

import java.util.List;

/**
 * As much of an applied intervention as says which edits stand. Read on every move of a slider, so
 * without the predictions, which are by far the larger part of the row.
 */
record AppliedChange(Action action, List<StoredEdit> editsAfter) {}
