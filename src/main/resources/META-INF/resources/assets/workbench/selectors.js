import { editsKey } from "./reducer.js";

const TOP_CLASSES = 8;
const RISEN_POINTS = 0.02;

/** What the server computed for what is in force: the slider under way, the standing edits, or no edit at all. */
export function nowPredictions(state) {
  if (state.preview?.predictions) return { predictions: state.preview.predictions, preview: true };
  if (state.edits.length === 0) return { predictions: state.view?.predictions ?? [], preview: false };
  return { predictions: state.now, preview: false };
}

/** "target", "contrast" or "other". */
export function roleOf(state, prompt) {
  if (prompt === state.view?.target) return "target";
  return prompt === state.view?.contrast ? "contrast" : "other";
}

/**
 * The rows of the prediction: the strongest classes without edits, target and contrast, and every class that an edit brought up.
 * They keep the order of the unmodified model, so that no row jumps while a slider moves.
 */
export function predictionRows(state) {
  if (!state.view) return [];
  const now = new Map(nowPredictions(state).predictions.map((each) => [each.prompt, each]));
  return state.view.predictions
    .map((baseline) => ({
      prompt: baseline.prompt,
      role: roleOf(state, baseline.prompt),
      baseline,
      now: now.get(baseline.prompt) ?? null,
    }))
    .filter((row) => state.allClasses || isInteresting(row))
    .sort((a, b) => a.baseline.rank - b.baseline.rank)
    .map((row) => ({
      ...row,
      name: state.step.prompts[row.prompt].name,
      change: row.now ? row.now.probability - row.baseline.probability : null,
    }));
}

function isInteresting({ role, baseline, now }) {
  if (role !== "other" || baseline.rank <= TOP_CLASSES) return true;
  return now !== null && (now.rank <= 3 || now.probability - baseline.probability >= RISEN_POINTS);
}

/** The strongest class in force, or null when it is not known. */
export function topNow(state) {
  return nowPredictions(state).predictions.find(({ rank }) => rank === 1) ?? null;
}

const ORDERS = {
  attribution: (component) => Math.abs(component.score),
  activation: (component) => component.activationOfMaximum ?? -1,
  measured: (component, state) => (component.latent in state.effects ? Math.abs(state.effects[component.latent]) : -1),
};

/** The latents to list: found by number, pinned ones first, then by the chosen order. */
export function listedComponents(state) {
  const query = state.query.trim().replace(/^latent\s*/i, "");
  const order = ORDERS[state.sort];
  const pinned = (component) => (state.pins.includes(component.latent) ? 1 : 0);
  return (state.view?.components ?? [])
    .filter(({ latent }) => query === "" || String(latent).includes(query))
    .sort((a, b) => pinned(b) - pinned(a) || order(b, state) - order(a, state) || a.rank - b.rank);
}

export function componentOf(state, latent) {
  return state.view?.components.find((component) => component.latent === latent) ?? null;
}

/** Attribution and measured effect are drawn on one scale, so that their lengths can be compared. */
export function logitScale(state) {
  const scores = (state.view?.components ?? []).map(({ score }) => Math.abs(score));
  return Math.max(0.1, ...scores, ...Object.values(state.effects).map(Math.abs));
}

export function editOf(state, latent) {
  return state.edits.find((edit) => edit.latent === latent) ?? null;
}

/** In multiples of the present activation; null for an edit that is given in absolute numbers. */
export function multipleOf(edit) {
  if (edit === null) return 1;
  if (edit.operation === "suppress") return 0;
  return edit.operation === "scale" ? edit.value : null;
}

/** The curve of a latent, and whether the other edits are still those with which it was measured. */
export function sweepOf(state, latent) {
  const sweep = state.sweeps[latent];
  return sweep ? { sweep, stale: sweep.others !== editsKey(state.edits, latent) } : null;
}

export function rippleIsStale(state) {
  return state.ripple !== null && editsKey(state.ripple.edits) !== editsKey(state.edits);
}

/** Statements that the task requires at a moment ("before" or "after") and that have not been made. */
export function missingStatements(state, moment) {
  const { hypothesis, confidence, trust } = state.step.ask;
  const items = [];
  if (moment === "before" && hypothesis === "required") items.push("hypothesis");
  if (confidence === "required") items.push(`confidence-${moment}`);
  if (trust === "required") items.push(`trust-${moment}`);
  return items.filter((item) => !(item in state.answers));
}

/** Why nothing can be changed at the moment, as a sentence; null when everything can. */
export function blockedReason(state) {
  if (state.over) return "This task is over. Your changes and answers are kept.";
  const missing = missingStatements(state, "before");
  if (missing.length === 0) return null;
  return missing.includes("hypothesis")
    ? "Write down first what you think the model uses, at the top of the page."
    : "Say first how sure you are, at the top of the page.";
}

export function attemptsLeft(state) {
  return state.step.attempts === 0 ? null : Math.max(0, state.step.attempts - state.attempts.length);
}

export function offers(state, operation) {
  return state.step.panels.includes("steering") && state.step.operations.includes(operation);
}
