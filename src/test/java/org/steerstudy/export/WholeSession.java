package org.steerstudy.export;

import java.sql.SQLException;
import java.util.UUID;

/** A session in which everything happened at least once. */
public final class WholeSession {

  private static final String SWEEP =
      """
      {"latent":989,"activation":29.125,"doses":[{"multiple":0.0,"predictions":%1$s},
        {"multiple":2.0,"predictions":%1$s}],
       "control":{"latent":12,"activation":28.0,"doses":[{"multiple":0.0,"predictions":%1$s}]}}"""
          .formatted(RecordedStudy.PREDICTIONS);

  private static final String RIPPLE =
      """
      {"edits":[],"pictures":93,"rightBefore":70,"repaired":1,"broken":2,"unchanged":90,"rippleRate":0.03,
       "ownClass":{"name":"boat","rightBefore":5,"broken":1,"rippleRate":0.2},
       "flips":[{"url":"/api/pictures/%s","truth":"boat","before":"boat","after":"cup","outcome":"broken"}],
       "controls":[{"name":"matched random latents","latents":[4,5],"seed":7,"repaired":0,"broken":1,
                    "rippleRate":0.0142857}]}"""
          .formatted("ab".repeat(32));

  private static final String ABLATION =
      """
      {"target":"boat","contrast":"horse","effects":[{"latent":989,"effect":-0.25}]}""";

  private WholeSession() {}

  public static RecordedSession in(RecordedStudy study, int number) throws SQLException {
    return in(study, number, false, false);
  }

  public static RecordedSession in(RecordedStudy study, int number, boolean pilot, boolean robot)
      throws SQLException {
    RecordedSession run = study.begin(number, pilot, robot);
    run.serverEvent(null, "session.started");
    run.step("consent", "consent").answer("consent", "taking-part", 1, "true");
    run.step("boat", "workbench").events(1, 4);
    UUID view = run.view("boat");
    run.intervention("boat", view, "preview", "suppress", 0.5);
    run.intervention("boat", view, "applied", "suppress", 0.0);
    run.intervention("boat", view, "applied", "amplify", 2.0);
    run.intervention("boat", view, "applied", "sign-flip", -1.0);
    run.intervention("boat", view, "applied", "undo", null);
    run.measurement("boat", view, "sweep", SWEEP);
    run.measurement("boat", view, "ripple", RIPPLE);
    run.measurement("boat", view, "ablation", ABLATION);
    run.events(5, 8).outcome("boat", 1, true, "It looks at the water.");
    return run.declare(8).finish();
  }
}
