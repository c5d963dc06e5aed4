package org.steerstudy.workbench;

import java.util.List;
import java.util.Optional;
import org.steerstudy.platform.ProblemException;

/**
 * What a request does to the standing edits, and how that counts.
 *
 * @param value of the edit; 0 for suppress
 * @param activation of the latent in the unmodified pass; null when the request names no latent
 * @param multipleBefore null when the latent is inactive or none is named
 * @param multipleAfter null when the latent is inactive or none is named
 */
record Change(
    List<StoredEdit> before,
    List<StoredEdit> after,
    InterventionKind kind,
    Double value,
    Double activation,
    Double multipleBefore,
    Double multipleAfter) {

  /**
   * @throws ProblemException 403 for an operation that this task does not offer, 409 when there is
   *     nothing to undo or redo, 422 for an incomplete request
   */
  static Change of(
      Bench bench, AttributionView view, EditHistory history, Steering.Request request) {
    if (request.phase() == Phase.PREVIEW && request.action() != Action.EDIT) {
      throw ProblemException.unprocessable("Only an edit can be previewed.");
    }
    return switch (request.action()) {
      case EDIT -> edit(bench, view, history, request);
      case RESET -> reset(view, history, latent(bench, request));
      case RESET_ALL -> ofStates(history.standing(), List.of(), InterventionKind.RESET);
      case UNDO -> {
        if (!history.canUndo()) {
          throw ProblemException.conflict("There is nothing to undo in this task.");
        }
        yield ofStates(history.standing(), history.undo().standing(), InterventionKind.UNDO);
      }
      case REDO -> {
        if (!history.canRedo()) {
          throw ProblemException.conflict("There is nothing to redo in this task.");
        }
        yield ofStates(history.standing(), history.redo().standing(), InterventionKind.REDO);
      }
    };
  }

  private static Change edit(
      Bench bench, AttributionView view, EditHistory history, Steering.Request request) {
    if (request.operation() == null) {
      throw ProblemException.unprocessable("An edit needs an operation.");
    }
    bench.requireOperation(request.operation());
    boolean suppress = request.operation().equals("suppress");
    if (!suppress && (request.value() == null || !Double.isFinite(request.value()))) {
      throw ProblemException.unprocessable("The operation needs a finite value.");
    }
    StoredEdit edit =
        new StoredEdit(latent(bench, request), request.operation(), suppress ? 0 : request.value());
    List<StoredEdit> after = history.with(edit);
    Optional<AttributionView.Component> active = view.component(edit.latent());
    if (active.isEmpty()) {
      return new Change(
          history.standing(),
          after,
          InterventionKind.ofInactive(edit),
          edit.value(),
          0.0,
          null,
          null);
    }
    double multipleBefore = multiple(active.get(), history.standing());
    double multipleAfter = multiple(active.get(), after);
    return new Change(
        history.standing(),
        after,
        InterventionKind.of(multipleBefore, multipleAfter),
        edit.value(),
        (double) active.get().activation(),
        multipleBefore,
        multipleAfter);
  }

  private static Change reset(AttributionView view, EditHistory history, int latent) {
    List<StoredEdit> after = history.without(latent);
    Optional<AttributionView.Component> active = view.component(latent);
    return new Change(
        history.standing(),
        after,
        InterventionKind.RESET,
        null,
        active.map(each -> (double) each.activation()).orElse(0.0),
        active.map(each -> multiple(each, history.standing())).orElse(null),
        active.map(each -> multiple(each, after)).orElse(null));
  }

  private static Change ofStates(
      List<StoredEdit> before, List<StoredEdit> after, InterventionKind kind) {
    return new Change(before, after, kind, null, null, null, null);
  }

  private static double multiple(AttributionView.Component component, List<StoredEdit> edits) {
    return edits.stream()
        .filter(edit -> edit.latent() == component.latent())
        .findFirst()
        .map(edit -> edit.multipleOf(component.activation(), component.tokens()))
        .orElse(1.0);
  }

  private static int latent(Bench bench, Steering.Request request) {
    int latents = bench.model().sae().latents();
    if (request.latent() == null || request.latent() >= latents) {
      throw ProblemException.unprocessable(
          "Name a latent from 0 to " + (latents - 1) + "; this request changed nothing.");
    }
    return request.latent();
  }
}
