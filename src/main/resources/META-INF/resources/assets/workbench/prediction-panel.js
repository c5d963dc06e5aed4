import { el } from "../shared/dom.js";
import { mark } from "./marks.js";
import { percent, points } from "./numbers.js";
import { nowPredictions, predictionRows, topNow } from "./selectors.js";

const ANNOUNCE_MILLIS = 600;

/** What the model says: the unmodified model always in grey, what is in force on top of it, and the difference. */
export function predictionPanel(step, store) {
  const rows = new Map();
  const list = el("ol", { class: "predictions", "aria-label": "Classes, strongest without changes first" });
  const verdict = el("p", { class: "says" });
  const more = el("button", {
    type: "button",
    class: "button button--quiet button--small",
    onclick: () => store.dispatch({ type: "all-classes", shown: !store.state.allClasses }),
  });
  const live = el("p", { class: "visually-hidden", "aria-live": "polite" });
  const legendNow = el("span", { class: "legend__now" }, "with your changes");
  const root = el(
    "div",
    { class: "panel prediction-panel" },
    el(
      "div",
      { class: "panel__head" },
      el("h2", { class: "panel__title" }, "Prediction"),
      el("span", { class: "legend" }, el("span", { class: "legend__base" }, "without"), legendNow),
    ),
    verdict,
    list,
    more,
    live,
  );
  let announcing;

  function announce(state) {
    clearTimeout(announcing);
    announcing = setTimeout(() => {
      const top = topNow(state);
      const target = predictionRows(state).find(({ role }) => role === "target");
      if (!top) return;
      const ofTarget =
        target?.now && target.prompt !== top.prompt
          ? ` ${target.name} ${percent(target.now.probability)}, ${points(target.change)} points.`
          : "";
      live.textContent = `The model says ${step.prompts[top.prompt].name}, ${percent(top.probability)}.${ofTarget}`;
    }, ANNOUNCE_MILLIS);
  }

  return {
    root,
    update(state, before) {
      root.classList.toggle("is-waiting", state.busy.change !== undefined);
      const parts = ["view", "edits", "now", "preview", "allClasses"];
      if (before && parts.every((part) => state[part] === before[part])) return;
      const now = nowPredictions(state);
      const shown = predictionRows(state);
      const keep = new Set(shown.map(({ prompt }) => prompt));
      for (const [prompt, row] of rows) {
        if (!keep.has(prompt)) {
          row.root.remove();
          rows.delete(prompt);
        }
      }
      shown.forEach((data, index) => {
        if (!rows.has(data.prompt)) rows.set(data.prompt, predictionRow(data.name));
        const row = rows.get(data.prompt);
        if (list.children[index] !== row.root) list.insertBefore(row.root, list.children[index] ?? null);
        row.update(data);
      });
      const changed = state.edits.length > 0 || now.preview;
      root.classList.toggle("is-preview", now.preview);
      legendNow.textContent = now.preview ? "preview" : changed ? "with your changes" : "now";
      verdict.replaceChildren(...saysWords(state, step));
      more.textContent = state.allClasses ? "Fewer classes" : `All ${step.prompts.length} classes`;
      more.hidden = !state.view;
      if (state.now !== before?.now || state.edits !== before?.edits) announce(state);
    },
  };
}

function saysWords(state, step) {
  const first = state.view?.predictions.find(({ rank }) => rank === 1);
  if (!first) return [];
  const top = topNow(state);
  const name = (prediction) => el("strong", {}, step.prompts[prediction.prompt].name);
  const without = ["The model says ", name(first), "."];
  if (!top || (state.edits.length === 0 && !state.preview?.predictions)) return without;
  const lead = state.preview?.predictions ? "Preview: " : "With your changes: ";
  return top.prompt === first.prompt ? [lead, "still ", name(top), "."] : [lead, name(top), ", not ", name(first), "."];
}

function predictionRow(name) {
  const glyph = el("span", { class: "prediction__mark" });
  const rank = el("span", { class: "prediction__rank num" });
  const base = el("span", { class: "prediction__base" });
  const solid = el("span", { class: "prediction__now" });
  const probability = el("span", { class: "prediction__share num" });
  const change = el("span", { class: "prediction__change num" });
  const root = el(
    "li",
    { class: "prediction" },
    rank,
    glyph,
    el("span", { class: "prediction__name", title: name }, name),
    el("span", { class: "prediction__bars", "aria-hidden": "true" }, solid, base),
    probability,
    change,
  );
  let role = null;
  return {
    root,
    update(data) {
      if (data.role !== role) {
        root.classList.remove(`prediction--${role}`);
        role = data.role;
        root.classList.add(`prediction--${role}`);
        glyph.replaceChildren(mark(role));
      }
      base.style.setProperty("--share", data.baseline.probability);
      solid.hidden = data.now === null;
      if (data.now) solid.style.setProperty("--share", data.now.probability);
      root.classList.toggle("is-top", data.now?.rank === 1);
      const moved = data.now && data.now.rank !== data.baseline.rank;
      rank.textContent = moved ? `${data.baseline.rank}→${data.now.rank}` : String(data.baseline.rank);
      rank.title = moved ? `Rank ${data.baseline.rank} without changes, ${data.now.rank} now` : `Rank ${data.baseline.rank}`;
      probability.textContent = data.now ? percent(data.now.probability) : "–";
      probability.title = `${percent(data.baseline.probability)} without changes`;
      change.textContent = data.now ? (data.now.probability === data.baseline.probability ? "" : points(data.change)) : "";
      change.title = data.now ? `Change in percentage points; ${percent(data.baseline.probability)} without changes` : "";
    },
  };
}
