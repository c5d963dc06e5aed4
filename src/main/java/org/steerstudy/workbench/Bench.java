package org.steerstudy.workbench;

import java.util.List;
import org.steerstudy.engine.EngineVersion;
import org.steerstudy.engine.SteeringModel;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.engine.clip.Prediction;
import org.steerstudy.engine.clip.PromptSet;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.study.OperationName;
import org.steerstudy.study.Panel;
import org.steerstudy.study.WorkbenchStep;

/**
 * One participant at one task: everything that a computation needs, and the fingerprints that every
 * result of it carries.
 */
record Bench(
    Session session,
    WorkbenchStep step,
    ModelRoom.OpenModel open,
    Picture picture,
    PromptSet prompts) {

  SteeringModel model() {
    return open.model();
  }

  List<String> names() {
    return step.prompts().classes();
  }

  Fingerprints fingerprints() {
    return new Fingerprints(
        model().clip().fingerprint(),
        model().sae().fingerprint(),
        picture.sha256(),
        prompts.sha256(),
        session.studyVersion.sha256,
        EngineVersion.CURRENT);
  }

  List<PromptPrediction> rows(Prediction prediction) {
    return PromptPrediction.of(prediction, names());
  }

  /**
   * @throws ProblemException 403: what a condition hides, the server refuses as well
   */
  void requirePanel(Panel panel) {
    if (!step.panels().contains(panel)) {
      throw ProblemException.forbidden("The panel '" + panel.key() + "' is not part of this task.");
    }
  }

  /**
   * @throws ProblemException 403 when this task does not offer the operation
   */
  void requireOperation(String operation) {
    if (step.operations().stream().map(OperationName::key).noneMatch(operation::equals)) {
      throw ProblemException.forbidden(
          "The operation '" + operation + "' is not part of this task.");
    }
  }
}
