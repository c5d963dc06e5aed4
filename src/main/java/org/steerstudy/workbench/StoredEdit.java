package org.steerstudy.workbench;

import java.util.List;
import java.util.Locale;
import org.steerstudy.engine.steering.Edit;
import org.steerstudy.engine.steering.Operation;

/**
 * An edit as it is stored and sent.
 *
 * @param operation {@code suppress}, {@code scale}, {@code set} or {@code add}
 * @param value the multiple for scale, the activation for set and add, 0 for suppress
 */
public record StoredEdit(int latent, String operation, double value) {

  static List<Edit> toEngine(List<StoredEdit> edits) {
    return edits.stream().map(StoredEdit::toEngine).toList();
  }

  Edit toEngine() {
    return new Edit(latent, Operation.valueOf(operation.toUpperCase(Locale.ROOT)), value);
  }

  static StoredEdit of(Edit edit) {
    return new StoredEdit(
        edit.latent(), edit.operation().name().toLowerCase(Locale.ROOT), edit.value());
  }

  /**
   * The latent's activation after this edit, in multiples of the activation before it.
   *
   * @param activation sum over the tokens in scope, not 0
   * @param tokens how many tokens are in scope
   */
  double multipleOf(double activation, int tokens) {
    return switch (operation) {
      case "suppress" -> 0;
      case "scale" -> value;
      case "set" -> value * tokens / activation;
      case "add" -> 1 + value * tokens / activation;
      default -> throw new IllegalStateException("unknown operation " + operation);
    };
  }
}
