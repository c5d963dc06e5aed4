import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError } from "../../main/resources/META-INF/resources/assets/shared/http.js";
import { curvesOf } from "../../main/resources/META-INF/resources/assets/workbench/dose-curves.js";
import { NewestOnly } from "../../main/resources/META-INF/resources/assets/workbench/newest.js";
import { multiple, percent, plain, points, signed } from "../../main/resources/META-INF/resources/assets/workbench/numbers.js";
import { initialState, reduce } from "../../main/resources/META-INF/resources/assets/workbench/reducer.js";
import { createStore } from "../../main/resources/META-INF/resources/assets/workbench/store.js";
import { Work } from "../../main/resources/META-INF/resources/assets/workbench/work.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Requests whose answers the test gives by hand. */
function line() {
  const asked = [];
  const send = (question, signal) => new Promise((answer, fail) => asked.push({ question, signal, answer, fail }));
  return { asked, send };
}

test("one request is in flight; of those that come meanwhile the newest goes next", async () => {
  const { asked, send } = line();
  const answers = [];
  const newest = new NewestOnly({ send, onAnswer: (answer) => answers.push(answer), onFailure: assert.fail });
  [1, 2, 3].forEach((question) => newest.ask(question));
  assert.deepEqual(
    asked.map(({ question }) => question),
    [1],
  );
  asked[0].answer("one");
  await turn();
  assert.deepEqual(
    asked.map(({ question }) => question),
    [1, 3],
  );
  asked[1].answer("three");
  await turn();
  assert.deepEqual(answers, ["one", "three"]);
});

test("an answer that comes after everything was cancelled is dropped, and the next question goes out at once", async () => {
  const { asked, send } = line();
  const answers = [];
  const newest = new NewestOnly({ send, onAnswer: (answer) => answers.push(answer), onFailure: assert.fail });
  newest.ask(1);
  newest.ask(2);
  newest.cancel();
  assert.equal(asked[0].signal.aborted, true);
  newest.ask(3);
  asked[0].answer("one");
  asked[1].answer("three");
  await turn();
  assert.deepEqual(
    asked.map(({ question }) => question),
    [1, 3],
  );
  assert.deepEqual(answers, ["three"]);
});

test("a failure is told once, and the next question goes out again", async () => {
  const { asked, send } = line();
  const failures = [];
  const newest = new NewestOnly({ send, onAnswer: () => {}, onFailure: (error) => failures.push(error.message) });
  newest.ask(1);
  newest.ask(2);
  asked[0].fail(new Error("no"));
  await turn();
  assert.deepEqual(failures, ["no"]);
  newest.ask(3);
  assert.deepEqual(
    asked.map(({ question }) => question),
    [1, 3],
  );
});

const PREDICTION = [{ prompt: 0, name: "boat", logit: 1, probability: 1, rank: 1 }];

/** The workbench over a server that the test plays: each request waits in `sent` for its answer. */
function bench() {
  const store = createStore(
    reduce,
    initialState({
      prompts: [{ index: 0, name: "boat" }],
      target: 0,
      contrast: null,
      panels: [],
      operations: [],
      ask: {},
      attempts: 0,
    }),
  );
  const sent = [];
  const recorded = [];
  const post =
    (name) =>
    (body, options = {}) =>
      new Promise((answer, fail) => sent.push({ name, body, options, answer, fail }));
  const api = {
    view: post("view"),
    intervene: post("intervene"),
    sweep: post("sweep"),
    task: (options) => post("task")(null, options),
  };
  let ids = 0;
  const work = new Work({
    store,
    api,
    recorder: { record: (type, payload) => recorded.push([type, payload]) },
    newId: () => `id-${++ids}`,
    painted: (then) => then(),
    now: () => 0,
  });
  store.dispatch({ type: "viewed", target: 0, contrast: null, view: { viewId: "v1", predictions: PREDICTION, components: [] } });
  return { store, sent, recorded, work };
}

function intervention(body, id) {
  const edits = body.phase === "applied" ? [{ latent: body.latent, operation: body.operation, value: body.value }] : [];
  return {
    interventionId: id,
    position: 1,
    kind: "amplify",
    latent: body.latent,
    edits,
    after: PREDICTION,
    canUndo: true,
    canRedo: false,
  };
}

test("a slider previews while it moves, applies where it is left, and drops the preview that was on its way", async () => {
  const { store, sent, recorded, work } = bench();
  work.drag(7, 1.5);
  work.drag(7, 2);
  assert.deepEqual(
    sent.map(({ body }) => [body.phase, body.value]),
    [["preview", 1.5]],
  );
  const applied = work.release(7, 2.5);
  await turn();
  assert.equal(sent[0].options.signal.aborted, true);
  assert.deepEqual([sent[1].body.phase, sent[1].body.operation, sent[1].body.value], ["applied", "scale", 2.5]);
  sent[0].answer(intervention(sent[0].body, "late"));
  sent[1].answer(intervention(sent[1].body, "stands"));
  await applied;
  assert.deepEqual(store.state.edits, [{ latent: 7, operation: "scale", value: 2.5 }]);
  assert.equal(store.state.preview, null);
  assert.deepEqual(recorded, [["intervention.shown", { interventionId: "stands" }]]);
});

test("a slider that comes back to what stands changes nothing", async () => {
  const { store, sent, work } = bench();
  work.drag(7, 1.5);
  await work.release(7, 1);
  assert.equal(sent.length, 1);
  assert.equal(store.state.preview, null);
});

test("changes go out one after the other in the order in which they were asked for", async () => {
  const { sent, work } = bench();
  work.edit(1, "suppress", null);
  const last = work.edit(2, "scale", 2);
  await turn();
  assert.deepEqual(
    sent.map(({ body }) => body.latent),
    [1],
  );
  sent[0].answer(intervention(sent[0].body, "a"));
  await turn();
  assert.deepEqual(
    sent.map(({ body }) => body.latent),
    [1, 2],
  );
  sent[1].answer(intervention(sent[1].body, "b"));
  await last;
});

test("a change that got lost is tried again as the same request", async () => {
  const { store, sent, work } = bench();
  const lost = work.edit(1, "suppress", null);
  await turn();
  sent[0].fail(new ProblemError(0, "lost"));
  await lost;
  const [notice] = store.state.notices;
  assert.deepEqual(store.state.edits, []);
  const again = notice.retry();
  await turn();
  assert.deepEqual(sent[1].body, sent[0].body);
  sent[1].answer(intervention(sent[1].body, "a"));
  await again;
  assert.equal(store.state.edits.length, 1);
  assert.deepEqual(store.state.notices, []);
});

test("who gives up on a lost change learns from the server which edits stand", async () => {
  const { store, sent, work } = bench();
  const lost = work.edit(1, "suppress", null);
  await turn();
  sent[0].fail(new ProblemError(503, "overloaded"));
  await lost;
  const asked = store.state.notices[0].giveUp();
  const edits = [{ latent: 1, operation: "suppress", value: 0 }];
  sent[1].answer({
    edits,
    steered: PREDICTION,
    canUndo: true,
    canRedo: false,
    history: [],
    answers: {},
    attempts: [],
    solved: false,
  });
  await asked;
  assert.deepEqual(store.state.edits, edits);
});

test("a refusal names what is missing and offers no blind retry", async () => {
  const { store, sent, work } = bench();
  const refused = work.edit(1, "suppress", null);
  await turn();
  sent[0].fail(new ProblemError(409, "first", { missing: ["hypothesis", "trust-before"] }));
  await refused;
  const [notice] = store.state.notices;
  assert.match(notice.text, /what you think the model uses and how far you trust/);
  assert.equal(notice.retry, null);
});

test("of two views asked for in quick succession the later one is shown", async () => {
  const { store, sent, recorded, work } = bench();
  const first = work.explain(0, null);
  const second = work.explain(0, 0);
  assert.equal(sent[0].options.signal.aborted, true);
  sent[1].answer({ viewId: "v3", predictions: PREDICTION, components: [] });
  await second;
  sent[0].fail(new DOMException("gave up", "AbortError"));
  await first;
  assert.equal(store.state.view.viewId, "v3");
  assert.deepEqual(store.state.notices, []);
  assert.deepEqual(recorded, [["attribution.shown", { viewId: "v3" }]]);
});

test("a dose curve has target, contrast, the strongest other class and the control", () => {
  const dose = (multipleOf, shares) => ({
    multiple: multipleOf,
    predictions: shares.map((probability, prompt) => ({ prompt, probability })),
  });
  const prompts = ["boat", "apple", "car", "dog"].map((name, index) => ({ index, name }));
  const sweep = {
    doses: [dose(0, [0.1, 0.5, 0.1, 0.3]), dose(1, [0.8, 0.1, 0.06, 0.04])],
    control: { latent: 5, doses: [dose(0, [0.7, 0.2, 0, 0]), dose(1, [0.8, 0.1, 0, 0])] },
  };
  const curves = curvesOf(sweep, 0, 1, prompts);
  assert.deepEqual(curves.doses, [0, 1]);
  assert.deepEqual(
    curves.lines.map(({ role, name, shares }) => [role, name, shares]),
    [
      ["target", "boat", [0.1, 0.8]],
      ["contrast", "apple", [0.5, 0.1]],
      ["other", "dog", [0.3, 0.04]],
    ],
  );
  assert.deepEqual(
    curves.control.lines.map(({ shares }) => shares),
    [
      [0.7, 0.8],
      [0.2, 0.1],
    ],
  );
  assert.deepEqual(
    curvesOf({ ...sweep, control: null }, 0, null, prompts).lines.map(({ name }) => name),
    ["boat", "apple"],
  );
});

test("numbers carry a true minus, what rounds to nothing has no sign, and small shares do not vanish", () => {
  assert.equal(signed(-0.125), "\u22120.13");
  assert.equal(signed(4.692), "+4.69");
  assert.equal(signed(-0.001), "0.00");
  assert.equal(points(-0.846), "\u221284.6");
  assert.equal(percent(0.5784), "57.8\u202f%");
  assert.equal(percent(0.0001), "<0.1\u202f%");
  assert.equal(percent(0), "0.0\u202f%");
  assert.equal(multiple(-1), "\u00d7\u22121");
  assert.equal(multiple(1.50000001), "\u00d71.5");
  assert.equal(plain(-0.5, 1), "\u22120.5");
});

test("what is looked at is stored before it is shown, and shown even if it cannot be stored", async () => {
  const { store, work } = bench();
  let stored;
  const waiting = new Work({ store, recorder: { record: () => new Promise((resolve) => (stored = resolve)) } });
  const looked = waiting.inspect(7);
  await turn();
  assert.equal(store.state.selected, null);
  stored();
  await looked;
  assert.equal(store.state.selected, 7);

  const failing = new Work({ store, recorder: { record: () => Promise.reject(new Error("disk full")) } });
  await failing.inspect(8);
  assert.equal(store.state.selected, 8);
  await work.inspect(null);
  assert.equal(store.state.selected, null);
});
