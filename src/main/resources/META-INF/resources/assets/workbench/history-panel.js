import { el } from "../shared/dom.js";
import { foldable } from "./foldable.js";
import { percent } from "./numbers.js";
import { blockedReason } from "./selectors.js";
import { entryWords } from "./words.js";

/** Every change that was made, newest first, with what the model said then. */
export function historyPanel(work) {
  const button = (label, title, onclick) =>
    el(
      "button",
      {
        type: "button",
        class: "button button--small",
        title,
        onclick: (event) => event.currentTarget.getAttribute("aria-disabled") !== "true" && onclick(),
      },
      label,
    );
  const undo = button("Undo", "Ctrl+Z", () => work.undo());
  const redo = button("Redo", "Ctrl+Shift+Z", () => work.redo());
  const resetAll = button("Reset all", "Take every change back", () => work.resetAll());
  const list = el("ol", { class: "history", reversed: true });
  const empty = el(
    "p",
    { class: "panel__hint" },
    "Nothing is changed yet. Every change that you make is listed here and can be undone.",
  );
  const root = foldable(
    "history",
    "Your changes",
    work,
    el("div", { class: "row row--tight" }, undo, redo, resetAll),
    empty,
    list,
  );

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.("textarea, input:not([type=range]), dialog"))
      return;
    const key = event.key.toLowerCase();
    const wanted = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  });

  return {
    root,
    update(state, before) {
      if (
        before &&
        ["view", "history", "edits", "canUndo", "canRedo", "over", "answers"].every((part) => state[part] === before[part])
      )
        return;
      const blocked = !state.view || blockedReason(state) !== null;
      undo.setAttribute("aria-disabled", String(blocked || !state.canUndo));
      redo.setAttribute("aria-disabled", String(blocked || !state.canRedo));
      resetAll.setAttribute("aria-disabled", String(blocked || state.edits.length === 0));
      empty.hidden = state.history.length > 0;
      if (state.history !== before?.history) list.replaceChildren(...[...state.history].reverse().map(entry));
    },
  };
}

function entry(item, index) {
  const top = item.after.find(({ rank }) => rank === 1);
  return el(
    "li",
    { class: "history__entry", "aria-current": index === 0 ? "step" : null },
    el("span", { class: "history__what num" }, entryWords(item)),
    el("span", { class: "history__then num" }, top ? [el("strong", {}, top.name), ` ${percent(top.probability)}`] : ""),
  );
}
