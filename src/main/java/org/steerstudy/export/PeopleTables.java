package org.steerstudy.export;

import static org.steerstudy.export.Column.count;
import static org.steerstudy.export.Column.integer;
import static org.steerstudy.export.Column.json;
import static org.steerstudy.export.Column.number;
import static org.steerstudy.export.Column.sha256;
import static org.steerstudy.export.Column.text;
import static org.steerstudy.export.Column.time;
import static org.steerstudy.export.Column.uuid;
import static org.steerstudy.export.Column.yesNo;

import java.util.List;

/** Who took part, how far they came, what they answered and what their browser reported. */
final class PeopleTables {

  private static final List<Column> ACTIVITY =
      List.of(
          count("views", "Attribution views that were computed and shown."),
          count(
              "previews",
              "Interventions that were only previewed, for example while a slider moved."),
          count(
              "suppress",
              "Applied interventions after which a latent is closer to zero than before; removing it"
                  + " altogether is one of them."),
          count(
              "amplify",
              "Applied interventions after which a latent is farther from zero than before."),
          count(
              "other_edits",
              "Applied interventions that turned the sign, switched on an inactive latent or changed"
                  + " nothing."),
          count("resets", "Times that edits were taken back to none, for one latent or for all."),
          count("undos", "Steps back in the history of edits."),
          count("redos", "Steps forward again in the history of edits."),
          count("sweeps", "Dose sweeps measured."),
          count("ripple_checks", "Ripple checks measured."),
          count("ablations", "Requests that measured the removal of single latents."));

  private PeopleTables() {}

  static final Table PARTICIPANTS =
      new Table(
          "participants",
          "One row per participant who opened a link.",
          "select * from scope",
          List.of("number"),
          List.of(
              text(
                  "pseudonym",
                  "Name in every table; given in the order in which links were opened."),
              count("number", "1, 2, ... within the study."),
              yesNo("pilot", "A trial run; left out of an export unless asked for."),
              yesNo("robot", "A robot participant; left out of an export unless asked for."),
              time("joined_at", "When the link was opened for the first time.")));

  static final Table SESSIONS =
      new Table(
          "sessions",
          "One row per session, with its totals.",
          """
          select scope.number, scope.pseudonym, v.number as study_version, v.sha256 as script_sha256, scope.state,
                 scope.step_index, scope.started_at, scope.finished_at, f.*,
                 extract(epoch from coalesce(scope.finished_at, f.last_event_at) - scope.started_at) as duration_s,
                 f.held as events_held, f.expected as events_expected, f.expected - f.held as events_missing
          from scope join study_version v on v.id = scope.study_version_id
               join session_figures f on f.session_id = scope.session_id""",
          List.of("number"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  integer(
                      "study_version", "", "Version of the script that the session is pinned to."),
                  sha256("script_sha256", "Fingerprint of that script; the text is in scripts/."),
                  text(
                      "state",
                      "running; finishing (all steps done, events still missing); complete (every"
                          + " declared event is held)."),
                  integer("step_index", "", "Step that the participant is at, from 0."),
                  time("started_at", "When the session began."),
                  time("finished_at", "When it was complete; empty before."),
                  number(
                      "duration_s",
                      "s",
                      "From the start to the finish, or to the last event of an unfinished session."),
                  count("tabs", "Browser tabs that sent events."),
                  count("tabs_declared", "Tabs that said where their sequence ends."),
                  count("events_held", "Events stored, the server's own included."),
                  count(
                      "events_expected",
                      "Events that there should be: the declared end of each tab's sequence, or the"
                          + " highest number seen."),
                  count("events_missing", "Expected minus held; the ranges are in manifest.json."),
                  time("last_event_at", "When the last event arrived.")),
              ACTIVITY,
              List.of(
                  count("tasks", "Workbench steps that were entered."),
                  count("tasks_solved", "Workbench steps with a successful answer."))));

  static final Table STEPS =
      new Table(
          "steps",
          "One row per step that a session entered.",
          """
          select scope.number, scope.pseudonym, st.position, st.type, st.entered_at, st.completed_at,
                 extract(epoch from st.completed_at - st.entered_at) as duration_s, f.*
          from scope join session_step st on st.session_id = scope.session_id
               join step_figures f on f.session_id = st.session_id and f.step_id = st.step_id""",
          List.of("number", "position"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  text("step_id", "Step of the script."),
                  integer("position", "", "Place of the step in this session's order."),
                  text("type", "consent, text, workbench, questionnaire or debrief."),
                  time("entered_at", "When the step was first shown."),
                  time("completed_at", "When it was left for the next; empty if it was not."),
                  number("duration_s", "s", "From entering to completing, pauses included.")),
              ACTIVITY,
              List.of(
                  count("attempts", "Answers to the task that were judged."),
                  yesNo("solved", "Whether one of them met every criterion."))));

  static final Table ANSWERS =
      new Table(
          "answers",
          "One row per answer and revision; the highest revision of an item is the valid one.",
          """
          select scope.number, scope.pseudonym, a.*, a.id as answer_id, a.value as value_json,
                 case when jsonb_typeof(a.value) = 'number' then (a.value #>> '{}')::double precision end as value_number,
                 case when jsonb_typeof(a.value) in ('string', 'boolean') then a.value #>> '{}' end as value_text,
                 a.revision = max(a.revision) over (partition by a.session_id, a.step_id, a.item_id) as latest
          from scope join answer a on a.session_id = scope.session_id""",
          List.of("number", "stored_at", "answer_id"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  text("step_id", "Step of the script."),
                  text(
                      "item_id",
                      "Item of the step: a consent item, a question, a statement asked for."),
                  integer(
                      "revision",
                      "",
                      "1 for the first answer to an item, 2 for its correction, ..."),
                  yesNo("latest", "Whether this is the highest revision."),
                  integer("position", "", "Place of the item among those shown."),
                  json("value_json", "The answer as JSON, exactly as given."),
                  number("value_number", "", "The answer if it is a number."),
                  text("value_text", "The answer if it is a text, a chosen option or a yes or no."),
                  time("shown_at", "When the item was shown, by the participant's clock."),
                  time("answered_at", "When it was answered, by the participant's clock."),
                  time("stored_at", "When the server stored it."),
                  uuid("answer_id", "The stored answer."))));

  static final Table EVENTS =
      new Table(
          "events",
          "One row per event, of the browser and of the server, in order of arrival.",
          """
          select scope.number, scope.pseudonym, e.*,
                 timestamptz 'epoch' + e.client_time_millis * interval '1 millisecond' as client_time,
                 timestamptz 'epoch' + e.sent_at_millis * interval '1 millisecond' as sent_at
          from scope join event e on e.session_id = scope.session_id""",
          List.of("number", "id"),
          Table.columns(
              Table.WHOSE,
              List.of(
                  uuid("event_id", "The event; views, interventions and answers refer to it."),
                  text("origin", "client or server."),
                  uuid("tab_id", "Browser tab; all zeros for the server's own events."),
                  integer("seq", "", "Number in the tab's sequence, from 1 without a gap."),
                  text("step_id", "Step that was open; empty outside of steps."),
                  text("type", "What happened, as a dotted name."),
                  time("client_time", "When it happened, by the participant's clock, uncorrected."),
                  number(
                      "mono_millis",
                      "ms",
                      "When it happened, on the tab's own steady clock. Use it for durations."),
                  time("sent_at", "When the batch was sent, by the participant's clock."),
                  time("received_at", "When the server received it."),
                  time(
                      "corrected_at",
                      "When it happened, on the server's clock: received minus (sent minus client time)."),
                  json("payload", "What belongs to the type."))));
}
