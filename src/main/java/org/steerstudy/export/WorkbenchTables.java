package org.steerstudy.export;

import static org.steerstudy.export.Column.count;
import static org.steerstudy.export.Column.integer;
import static org.steerstudy.export.Column.json;
import static org.steerstudy.export.Column.number;
import static org.steerstudy.export.Column.text;
import static org.steerstudy.export.Column.uuid;
import static org.steerstudy.export.Column.yesNo;

import java.util.List;

/** What participants saw of the model, what they did to it and what they concluded. */
final class WorkbenchTables {

  private static final Column STEP = text("step_id", "Workbench step of the script.");
  private static final Column EVENT = uuid("event_id", "The server's event of the same moment.");

  private WorkbenchTables() {}

  static final Table VIEWS =
      new Table(
          "views",
          "One row per attribution view that was computed and shown.",
          """
          select scope.number, scope.pseudonym, v.*, v.id as view_id, jsonb_array_length(v.components) as components_active
          from scope join attribution_view v on v.session_id = scope.session_id""",
          List.of("number", "created_at", "view_id"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  uuid("view_id", "The view."),
                  EVENT,
                  text("method", "Attribution method; act-x-grad is activation times gradient."),
                  text("target", "Class whose logit is explained."),
                  text("contrast", "Class whose logit is subtracted; empty if none."),
                  count(
                      "components_active",
                      "Active latents in the view; each is a row of components.csv.")),
              Table.FINGERPRINTS));

  static final Table COMPONENTS =
      new Table(
          "components",
          "One row per attribution view and active latent.",
          """
          select scope.number, scope.pseudonym, scope.session_id, v.step_id, v.id as view_id, v.created_at,
                 (c ->> 'rank')::bigint as rank, (c ->> 'latent')::bigint as latent,
                 (c ->> 'score')::double precision as score, (c ->> 'activation')::double precision as activation,
                 (c ->> 'maximum')::double precision as maximum,
                 (c ->> 'activationOfMaximum')::double precision as activation_of_maximum,
                 (c ->> 'frequency')::double precision as frequency, (c ->> 'tokens')::bigint as tokens
          from scope join attribution_view v on v.session_id = scope.session_id
               cross join lateral jsonb_array_elements(v.components) as c""",
          List.of("number", "created_at", "view_id", "rank"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  uuid("view_id", "View, as in views.csv."),
                  integer("rank", "", "1 is the strongest by absolute score."),
                  integer("latent", "", "Number of the latent in the sparse autoencoder."),
                  number(
                      "score",
                      "logit",
                      "Attribution of the latent to the target (minus contrast)."),
                  number("activation", "activation", "Sum over the tokens in scope."),
                  number(
                      "maximum",
                      "activation",
                      "Largest activation seen in the library's pictures."),
                  number("activation_of_maximum", "", "Activation divided by that maximum."),
                  number(
                      "frequency",
                      "",
                      "Share of the library's pictures in which the latent is active."),
                  integer("tokens", "", "Tokens in scope."))));

  static final Table INTERVENTIONS =
      new Table(
          "interventions",
          "One row per intervention: a preview, an applied edit, a reset, an undo or a redo.",
          """
          select scope.number, scope.pseudonym, i.*, i.id as intervention_id, st.position as step_position
          from scope join intervention i on i.session_id = scope.session_id
               join session_step st on st.session_id = i.session_id and st.step_id = i.step_id""",
          List.of("number", "step_position", "position"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  uuid("intervention_id", "The intervention."),
                  EVENT,
                  uuid("view_id", "View that was on the screen, as in views.csv."),
                  integer("position", "", "1, 2, ... within the step, previews included."),
                  text("phase", "preview (nothing kept) or applied."),
                  text("action", "edit, reset, reset-all, undo or redo."),
                  text(
                      "kind",
                      "suppress (the latent is closer to zero than before), amplify (farther from zero),"
                          + " sign-flip, activate (it was inactive), unchanged, reset, undo or redo."),
                  integer("latent", "", "Latent that was edited; empty for actions on all."),
                  text("operation", "suppress, scale, set or add."),
                  number(
                      "value",
                      "",
                      "The multiple for scale, the activation for set and add, 0 for suppress."),
                  number(
                      "activation",
                      "activation",
                      "Of the latent in the unmodified model, summed over tokens."),
                  number(
                      "multiple_before",
                      "",
                      "Edited activation divided by activation, before; empty if inactive."),
                  number("multiple_after", "", "The same, after."),
                  json("edits_before", "All standing edits before: [{latent, operation, value}]."),
                  json("edits_after", "All standing edits after.")),
              Table.FINGERPRINTS));

  static final Table PREDICTIONS =
      new Table(
          "predictions",
          "One row per stored prediction and prompt: of views, interventions and judged answers.",
          """
          select scope.number, scope.pseudonym, r.*,
                 (p ->> 'prompt')::bigint as prompt, p ->> 'name' as class_name,
                 (p ->> 'logit')::double precision as logit, (p ->> 'probability')::double precision as probability,
                 (p ->> 'rank')::bigint as rank
          from scope
               cross join lateral (
                 select session_id, step_id, 'view' as record, id as record_id, created_at, 1 as stage_order,
                        'baseline' as stage, predictions
                 from attribution_view where session_id = scope.session_id
                 union all
                 select session_id, step_id, 'intervention', id, created_at, stage_order, stage, of_stage
                 from intervention
                      cross join lateral (values (1, 'baseline', baseline), (2, 'before', predictions_before),
                                                 (3, 'after', predictions_after)) as s (stage_order, stage, of_stage)
                 where session_id = scope.session_id
                 union all
                 select session_id, step_id, 'outcome', id, created_at, 3, 'after', predictions
                 from task_outcome where session_id = scope.session_id) as r
               cross join lateral jsonb_array_elements(r.predictions) as p""",
          List.of("number", "created_at", "record_id", "stage_order", "prompt"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  text("record", "view, intervention or outcome."),
                  uuid("record_id", "Row of views.csv, interventions.csv or outcomes.csv."),
                  text(
                      "stage",
                      "baseline (the unmodified model), before or after the intervention; after for an"
                          + " outcome: the edits that stood when it was judged."),
                  integer("prompt", "", "Index of the prompt in the task, from 0."),
                  text("class_name", "Class that the prompt names."),
                  number("logit", "logit", "Cosine of picture and text times the model's scale."),
                  number("probability", "", "Softmax over the task's prompts."),
                  integer("rank", "", "1 is the strongest."))));

  static final Table OUTCOMES =
      new Table(
          "outcomes",
          "One row per answer to a task, with what the server found.",
          """
          select scope.number, scope.pseudonym, o.*, o.id as outcome_id, st.position as step_position
          from scope join task_outcome o on o.session_id = scope.session_id
               join session_step st on st.session_id = o.session_id and st.step_id = o.step_id""",
          List.of("number", "step_position", "attempt"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  uuid("outcome_id", "The judged answer."),
                  EVENT,
                  integer("attempt", "", "1, 2, ... within the step."),
                  text("cause", "Option that the participant chose."),
                  text("explanation", "The participant's own words, if any."),
                  json("edits", "Edits that stood: [{latent, operation, value}]."),
                  yesNo("cause_named", "Whether the chosen option is the planted cause."),
                  yesNo("repaired", "Whether the edited model gives the true class."),
                  number(
                      "ripple_rate",
                      "",
                      "Reference pictures right before and wrong after, of those right before."),
                  number(
                      "own_class_ripple_rate",
                      "",
                      "The same among pictures of the class mistaken for."),
                  yesNo("success", "Whether every criterion of the script is met."),
                  json("judged", "Every criterion with its limit and what was found.")),
              Table.FINGERPRINTS));
}
