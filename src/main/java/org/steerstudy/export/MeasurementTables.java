package org.steerstudy.export;

import static org.steerstudy.export.Column.count;
import static org.steerstudy.export.Column.integer;
import static org.steerstudy.export.Column.json;
import static org.steerstudy.export.Column.number;
import static org.steerstudy.export.Column.text;
import static org.steerstudy.export.Column.uuid;

import java.util.List;

/** What participants measured without changing an edit: dose sweeps, ripple checks, ablations. */
final class MeasurementTables {

  private static final Column STEP = text("step_id", "Workbench step of the script.");
  private static final Column MEASUREMENT =
      uuid("measurement_id", "Measurement, as in measurements.csv.");

  private MeasurementTables() {}

  static final Table MEASUREMENTS =
      new Table(
          "measurements",
          "One row per dose sweep, ripple check or request for ablations.",
          """
          select scope.number, scope.pseudonym, m.*, m.id as measurement_id,
                 (m.result ->> 'pictures')::bigint as pictures, (m.result ->> 'rightBefore')::bigint as right_before,
                 (m.result ->> 'repaired')::bigint as repaired, (m.result ->> 'broken')::bigint as broken,
                 (m.result ->> 'unchanged')::bigint as unchanged,
                 (m.result ->> 'rippleRate')::double precision as ripple_rate,
                 m.result #>> '{ownClass,name}' as own_class,
                 (m.result #>> '{ownClass,rightBefore}')::bigint as own_class_right_before,
                 (m.result #>> '{ownClass,broken}')::bigint as own_class_broken,
                 (m.result #>> '{ownClass,rippleRate}')::double precision as own_class_ripple_rate
          from scope join measurement m on m.session_id = scope.session_id""",
          List.of("number", "created_at", "measurement_id"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  MEASUREMENT,
                  uuid("event_id", "The server's event of the same moment."),
                  uuid("view_id", "View that was on the screen, as in views.csv."),
                  text("kind", "sweep, ripple or ablation."),
                  integer("latent", "", "Latent that was swept; empty for the other kinds."),
                  json("edits", "Edits that stood: [{latent, operation, value}]."),
                  count("pictures", "Ripple: pictures that were checked."),
                  count("right_before", "Ripple: pictures that the unmodified model gets right."),
                  count("repaired", "Ripple: wrong before and right with the edits."),
                  count("broken", "Ripple: right before and wrong with the edits."),
                  count("unchanged", "Ripple: pictures whose strongest class stays the same."),
                  number("ripple_rate", "", "Ripple: broken divided by right before."),
                  text("own_class", "Ripple: class that the task's picture is mistaken for."),
                  count("own_class_right_before", "Ripple: its pictures that were right before."),
                  count("own_class_broken", "Ripple: its pictures that the edits break."),
                  number("own_class_ripple_rate", "", "Ripple: the rate within that class."),
                  json("result", "The whole result as it was sent to the participant.")),
              Table.FINGERPRINTS));

  static final Table SWEEP_DOSES =
      new Table(
          "sweep_doses",
          "One row per dose sweep, dose and prompt; the matched control has rows of its own.",
          """
          select scope.number, scope.pseudonym, scope.session_id, m.step_id, m.id as measurement_id, m.created_at,
                 side.side_order, side.side, (side.body ->> 'latent')::bigint as latent,
                 (side.body ->> 'activation')::double precision as activation, dose.dose_order,
                 (dose.body ->> 'multiple')::double precision as multiple,
                 (p ->> 'prompt')::bigint as prompt, p ->> 'name' as class_name,
                 (p ->> 'logit')::double precision as logit, (p ->> 'probability')::double precision as probability,
                 (p ->> 'rank')::bigint as rank
          from scope join measurement m on m.session_id = scope.session_id and m.kind = 'sweep'
               cross join lateral (values (1, 'swept', m.result), (2, 'control', m.result -> 'control'))
                          as side (side_order, side, body)
               cross join lateral jsonb_array_elements(
                            case when jsonb_typeof(side.body -> 'doses') = 'array' then side.body -> 'doses' end)
                          with ordinality as dose (body, dose_order)
               cross join lateral jsonb_array_elements(dose.body -> 'predictions') as p""",
          List.of("number", "created_at", "measurement_id", "side_order", "dose_order", "prompt"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  MEASUREMENT,
                  text("side", "swept (the participant's latent) or control (a matched one)."),
                  integer("latent", "", "Latent that carries the dose."),
                  number("activation", "activation", "Of the latent in the unmodified model."),
                  number(
                      "multiple",
                      "",
                      "Dose in multiples of that activation; 0 removes the latent, 1 changes nothing."),
                  integer("prompt", "", "Index of the prompt in the task, from 0."),
                  text("class_name", "Class that the prompt names."),
                  number("logit", "logit", "Cosine of picture and text times the model's scale."),
                  number("probability", "", "Softmax over the task's prompts."),
                  integer("rank", "", "1 is the strongest."))));

  static final Table RIPPLE_FLIPS =
      new Table(
          "ripple_flips",
          "One row per ripple check and picture whose strongest class changed.",
          """
          select scope.number, scope.pseudonym, scope.session_id, m.step_id, m.id as measurement_id, m.created_at,
                 flip.flip_order, substring(flip.body ->> 'url' from '[0-9a-f]{64}') as image_sha256,
                 flip.body ->> 'truth' as truth, flip.body ->> 'before' as before, flip.body ->> 'after' as after,
                 flip.body ->> 'outcome' as outcome
          from scope join measurement m on m.session_id = scope.session_id and m.kind = 'ripple'
               cross join lateral jsonb_array_elements(m.result -> 'flips') with ordinality as flip (body, flip_order)""",
          List.of("number", "created_at", "measurement_id", "flip_order"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  MEASUREMENT,
                  Column.sha256("image_sha256", "SHA-256 of the picture file."),
                  text("truth", "True class of the picture."),
                  text("before", "Strongest class of the unmodified model."),
                  text("after", "Strongest class with the edits."),
                  text("outcome", "repaired, broken or other (wrong before and after)."))));

  static final Table RIPPLE_CONTROLS =
      new Table(
          "ripple_controls",
          "One row per ripple check and control: a change of the same size that aims at nothing.",
          """
          select scope.number, scope.pseudonym, scope.session_id, m.step_id, m.id as measurement_id, m.created_at,
                 control.control_order, control.body ->> 'name' as control, control.body -> 'latents' as latents,
                 (control.body ->> 'seed')::bigint as seed, (control.body ->> 'repaired')::bigint as repaired,
                 (control.body ->> 'broken')::bigint as broken,
                 (control.body ->> 'rippleRate')::double precision as ripple_rate
          from scope join measurement m on m.session_id = scope.session_id and m.kind = 'ripple'
               cross join lateral jsonb_array_elements(m.result -> 'controls')
                          with ordinality as control (body, control_order)""",
          List.of("number", "created_at", "measurement_id", "control_order"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  MEASUREMENT,
                  text("control", "matched random latents, or random direction of equal norm."),
                  json("latents", "Latents edited instead; empty for a random direction."),
                  integer("seed", "", "Draws the control again."),
                  count("repaired", "Pictures wrong before and right with the control."),
                  count("broken", "Pictures right before and wrong with the control."),
                  number("ripple_rate", "", "Broken divided by right before."))));

  static final Table ABLATIONS =
      new Table(
          "ablations",
          "One row per latent whose removal was measured.",
          """
          select scope.number, scope.pseudonym, scope.session_id, m.step_id, m.id as measurement_id, m.view_id,
                 m.created_at, effect.effect_order, m.result ->> 'target' as target, m.result ->> 'contrast' as contrast,
                 (effect.body ->> 'latent')::bigint as latent, (effect.body ->> 'effect')::double precision as effect
          from scope join measurement m on m.session_id = scope.session_id and m.kind = 'ablation'
               cross join lateral jsonb_array_elements(m.result -> 'effects')
                          with ordinality as effect (body, effect_order)""",
          List.of("number", "created_at", "measurement_id", "effect_order"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  STEP,
                  MEASUREMENT,
                  uuid("view_id", "View whose score this stands beside, as in components.csv."),
                  text("target", "Class whose logit is measured."),
                  text("contrast", "Class whose logit is subtracted; empty if none."),
                  integer("latent", "", "Latent that was removed, alone."),
                  number(
                      "effect",
                      "logit",
                      "Target score without the latent minus that of the unmodified model."))));
}
