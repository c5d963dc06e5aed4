package org.steerstudy.workbench;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.steerstudy.platform.ProblemException;
import org.steerstudy.session.Session;
import org.steerstudy.session.SessionProgress;
import org.steerstudy.study.StudyCatalogue;
import org.steerstudy.study.StudyScript;
import org.steerstudy.study.WorkbenchStep;

/** Leads from a request to the participant's bench, under the lock on the session. */
@ApplicationScoped
class Benches {

  private final StudyCatalogue studies;
  private final SessionProgress progress;
  private final ModelRoom models;

  Benches(StudyCatalogue studies, SessionProgress progress, ModelRoom models) {
    this.studies = studies;
    this.progress = progress;
    this.models = models;
  }

  /**
   * The bench of the open step.
   *
   * @throws ProblemException 409 when the step is not open or is not a workbench task
   */
  Bench open(UUID sessionId, String stepId) {
    Session session = Session.locked(sessionId);
    if (!(progress.requireOpen(session, stepId) instanceof WorkbenchStep step)) {
      throw ProblemException.conflict("This step is not a task on the model.");
    }
    StudyScript script = studies.script(session.studyVersion);
    ModelRoom.OpenModel open = models.open(script.model());
    return new Bench(
        session,
        step,
        open,
        open.picture(step.image()).orElseThrow().picture(),
        open.model().prompts(step.prompts().texts()));
  }
}
