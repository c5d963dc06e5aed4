import assert from "node:assert/strict";
import { test } from "node:test";
import { editsKey, initialState, reduce } from "../../main/resources/META-INF/resources/assets/workbench/reducer.js";
import * as select from "../../main/resources/META-INF/resources/assets/workbench/selectors.js";

const NAMES = ["boat", "apple", "car", "dog", "cat", "cup", "hat", "bee", "cow", "pear", "clock", "tiger"];

const STEP = {
  id: "task-1",
  prompts: NAMES.map((name, index) => ({ index, name, text: `a photo of a ${name}` })),
  target: 0,
  contrast: 11,
  panels: ["attribution", "steering", "sweep", "ripple", "history"],
  operations: ["suppress", "scale"],
  doses: [0, 1, 2],
  ask: { hypothesis: "required", confidence: "required", trust: "off" },
  answer: { question: "Why?", options: [], explanation: "off" },
  attempts: 2,
};

/** Predictions in prompt order from probabilities. */
function predictions(probabilities) {
  const order = [...probabilities].sort((a, b) => b - a);
  return probabilities.map((probability, prompt) => ({
    prompt,
    name: NAMES[prompt],
    logit: probability,
    probability,
    rank: order.indexOf(probability) + 1,
  }));
}

const BASELINE = predictions([0.5, 0.12, 0.1, 0.08, 0.06, 0.04, 0.03, 0.02, 0.016, 0.014, 0.012, 0.008]);
const REPAIRED = predictions([0.02, 0.12, 0.1, 0.08, 0.06, 0.04, 0.03, 0.025, 0.016, 0.1001, 0.012, 0.3969]);

const COMPONENTS = [
  { rank: 1, latent: 989, activation: 29, maximum: 33, activationOfMaximum: 0.88, score: 3.7, frequency: 0.1, examples: [] },
  { rank: 2, latent: 573, activation: 9, maximum: 9, activationOfMaximum: 1, score: -2.1, frequency: 0.1, examples: [] },
  { rank: 3, latent: 36, activation: 4, maximum: 0, activationOfMaximum: null, score: 0.4, frequency: 0, examples: [] },
];

function after(...actions) {
  return actions.reduce(reduce, initialState(STEP));
}

const viewed = { type: "viewed", target: 0, contrast: 11, view: { viewId: "v1", predictions: BASELINE, components: COMPONENTS } };
const suppress = { action: "edit", latent: 989, operation: "suppress", value: null };
const applied = (request, edits, predictionsAfter) => ({
  type: "applied",
  request,
  response: {
    interventionId: "i",
    position: 3,
    kind: "suppress",
    latent: request.latent ?? null,
    edits,
    after: predictionsAfter,
    canUndo: true,
    canRedo: false,
  },
  at: "2026-01-01T00:00:00Z",
});
const standing = [{ latent: 989, operation: "suppress", value: 0 }];

test("without edits the prediction in force is the unmodified model's", () => {
  assert.deepEqual(select.nowPredictions(after(viewed)).predictions, BASELINE);
});

test("an applied change shows what the server computed for the edits that stand now", () => {
  const state = after(viewed, applied(suppress, standing, REPAIRED));
  assert.deepEqual(state.edits, standing);
  assert.equal(select.topNow(state).name, "tiger");
  assert.deepEqual(
    state.history.at(-1).after.map(({ name }) => name),
    ["tiger", "apple", "pear"],
  );
  assert.equal(state.history.at(-1).latent, 989);
});

test("after a reload every class is shown as the server computed it for the edits that stand", () => {
  const task = {
    edits: standing,
    steered: REPAIRED,
    canUndo: true,
    canRedo: false,
    history: [],
    answers: {},
    attempts: [],
    solved: false,
  };
  const rows = select.predictionRows(after({ type: "resumed", task }, viewed));
  assert.equal(rows.find(({ name }) => name === "tiger").now.probability, 0.3969);
  assert.equal(rows.find(({ name }) => name === "boat").now.probability, 0.02);
});

test("after a reload before the first edit the prediction is the unmodified model's", () => {
  const task = {
    edits: [],
    steered: null,
    canUndo: false,
    canRedo: false,
    history: [],
    answers: {},
    attempts: [],
    solved: false,
  };
  assert.deepEqual(select.nowPredictions(after({ type: "resumed", task }, viewed)).predictions, BASELINE);
});

test("a preview is shown while the slider is on its way and gone when it is over", () => {
  const previewed = { type: "previewed", response: { latent: 989, after: REPAIRED } };
  const state = after(viewed, { type: "dragged", latent: 989, multiple: 0.5 }, previewed);
  assert.equal(select.nowPredictions(state).preview, true);
  assert.equal(select.topNow(state).name, "tiger");
  assert.deepEqual(state.edits, []);
  assert.equal(select.topNow(reduce(state, { type: "released" })).name, "boat");
});

test("a preview of a latent that is not dragged any more is not shown", () => {
  const late = { type: "previewed", response: { latent: 573, after: REPAIRED } };
  assert.equal(select.topNow(after(viewed, { type: "dragged", latent: 989, multiple: 0.5 }, late)).name, "boat");
  assert.equal(select.topNow(after(viewed, late)).name, "boat");
});

test("the rows are the eight strongest, target, contrast and what an edit brought up, in the unmodified model's order", () => {
  const names = (state) => select.predictionRows(state).map(({ name }) => name);
  assert.deepEqual(names(after(viewed)), ["boat", "apple", "car", "dog", "cat", "cup", "hat", "bee", "tiger"]);
  assert.deepEqual(names(after(viewed, applied(suppress, standing, REPAIRED))), [
    "boat",
    "apple",
    "car",
    "dog",
    "cat",
    "cup",
    "hat",
    "bee",
    "pear",
    "tiger",
  ]);
  assert.equal(names(after(viewed, { type: "all-classes", shown: true })).length, NAMES.length);
});

test("latents are sorted, found by number, and pinned ones come first", () => {
  const latents = (...actions) => select.listedComponents(after(viewed, ...actions)).map(({ latent }) => latent);
  assert.deepEqual(latents(), [989, 573, 36]);
  assert.deepEqual(latents({ type: "sorted", sort: "activation" }), [573, 989, 36]);
  const ablated = {
    type: "ablated",
    viewId: "v1",
    result: {
      effects: [
        { latent: 36, effect: -5 },
        { latent: 989, effect: 1 },
      ],
    },
  };
  assert.deepEqual(latents(ablated, { type: "sorted", sort: "measured" }), [36, 989, 573]);
  assert.deepEqual(latents({ type: "searched", query: "latent 3" }), [573, 36]);
  assert.deepEqual(latents({ type: "pinned", latent: 36, pinned: true }), [36, 989, 573]);
  assert.deepEqual(
    latents({ type: "pinned", latent: 36, pinned: true }, { type: "pinned", latent: 36, pinned: false }),
    [989, 573, 36],
  );
});

test("effects measured for an earlier view are not shown beside another target", () => {
  const ablated = { type: "ablated", viewId: "v0", result: { effects: [{ latent: 989, effect: -3 }] } };
  assert.deepEqual(after(viewed, ablated).effects, {});
  const measured = after(viewed, { ...ablated, viewId: "v1" });
  assert.equal(measured.effects[989], -3);
  assert.deepEqual(reduce(measured, { ...viewed, view: { ...viewed.view, viewId: "v2" } }).effects, {});
});

test("a dose curve stays true while only its own latent is changed", () => {
  const swept = { type: "swept", result: { latent: 989, doses: [] }, edits: [] };
  const own = after(viewed, swept, applied(suppress, standing, REPAIRED));
  assert.equal(select.sweepOf(own, 989).stale, false);
  const other = after(
    viewed,
    swept,
    applied({ ...suppress, latent: 573 }, [{ latent: 573, operation: "suppress", value: 0 }], REPAIRED),
  );
  assert.equal(select.sweepOf(other, 989).stale, true);
  assert.equal(select.sweepOf(other, 573), null);
});

test("a check of other pictures is out of date as soon as other edits stand", () => {
  const rippled = { type: "rippled", result: { edits: standing } };
  const state = after(viewed, applied(suppress, standing, REPAIRED), rippled);
  assert.equal(select.rippleIsStale(state), false);
  assert.equal(select.rippleIsStale(reduce(state, applied({ action: "reset-all" }, [], BASELINE))), true);
});

test("edits are the same in any order, and a suppression has no value of its own", () => {
  const other = { latent: 5, operation: "scale", value: 2 };
  assert.equal(editsKey([standing[0], other]), editsKey([other, { latent: 989, operation: "suppress", value: null }]));
  assert.notEqual(editsKey([other]), editsKey([{ ...other, value: 2.5 }]));
  assert.equal(editsKey([standing[0], other], 5), editsKey(standing));
});

test("nothing can be changed before the required statements, and the reason says which", () => {
  const state = after(viewed);
  assert.deepEqual(select.missingStatements(state, "before"), ["hypothesis", "confidence-before"]);
  assert.match(select.blockedReason(state), /what you think/);
  const half = reduce(state, { type: "answered", answers: { hypothesis: "water" } });
  assert.match(select.blockedReason(half), /how sure/);
  assert.equal(select.blockedReason(reduce(half, { type: "answered", answers: { "confidence-before": 0 } })), null);
  assert.deepEqual(select.missingStatements(half, "after"), ["confidence-after"]);
});

test("the task is over when it is solved or no attempt is left", () => {
  const judged = (attempt, success, left) => ({
    type: "judged",
    response: { attempt, success, attemptsLeft: left, criteria: [] },
  });
  const once = after(viewed, judged(1, false, 1));
  assert.equal(once.over, false);
  assert.equal(select.attemptsLeft(once), 1);
  assert.equal(reduce(once, judged(2, false, 0)).over, true);
  assert.equal(reduce(once, judged(2, true, 0)).over, true);
  assert.match(select.blockedReason(reduce(once, judged(2, true, 0))), /over/);
});

test("a request that is tried again is not taken for one that is merely slow", () => {
  const state = after({ type: "busy", name: "change", phase: "retrying" }, { type: "busy", name: "change", phase: "long" });
  assert.equal(state.busy.change, "retrying");
  assert.deepEqual(reduce(state, { type: "idle", name: "change" }).busy, {});
});

test("the multiple of an edit is known unless it is given in absolute numbers", () => {
  assert.equal(select.multipleOf(null), 1);
  assert.equal(select.multipleOf(standing[0]), 0);
  assert.equal(select.multipleOf({ operation: "scale", value: -0.5 }), -0.5);
  assert.equal(select.multipleOf({ operation: "set", value: 12 }), null);
});
