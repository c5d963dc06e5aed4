import { el } from "../shared/dom.js";
import { longButton } from "./busy.js";
import { mark } from "./marks.js";
import { partRow } from "./part-row.js";
import { blockedReason, editOf, listedComponents, logitScale } from "./selectors.js";

const PAGE = 40;
const SORTS = [
  ["attribution", "attribution"],
  ["activation", "activation"],
  ["measured", "measured effect"],
];

/** The ranked latents: what they are thought to do, what they do when measured, where they occur, and the means to change them. */
export function partsPanel(step, store, work) {
  const rows = new Map();
  let limit = PAGE;
  const list = el("ol", { class: "parts" });
  const empty = el("p", { class: "empty", hidden: true });
  const more = el("button", {
    type: "button",
    class: "button button--quiet button--small",
    hidden: true,
    onclick: () => showMore(),
  });
  const blocked = el("p", { class: "blocked", id: "blocked-reason", hidden: true });
  const steering = step.panels.includes("steering");
  const measure = longButton({
    label: "Measure all",
    running: "Measuring …",
    onStart: () => work.measureAll(),
    onCancel: () => work.cancel("ablations"),
  });
  const sort = el(
    "select",
    { id: "sort", class: "select--small", onchange: () => work.sort(sort.value) },
    SORTS.map(([value, name]) => el("option", { value }, name)),
  );
  const search = el("input", {
    id: "search",
    class: "input--small",
    type: "search",
    inputmode: "numeric",
    placeholder: "number",
    autocomplete: "off",
    oninput: () => work.search(search.value),
  });
  search.addEventListener("change", () => search.value && work.record("search.used", { length: search.value.length }));
  const towardTarget = el("span", { class: "axis__end axis__end--target" });
  const towardContrast = el("span", { class: "axis__end axis__end--contrast" });
  const effectTarget = towardTarget.cloneNode();
  const effectContrast = towardContrast.cloneNode();

  const root = el(
    "div",
    { class: "panel parts-panel" },
    el(
      "div",
      { class: "parts__top" },
      el(
        "div",
        { class: "parts__bar" },
        el("h2", { class: "panel__title" }, "Latents"),
        el("span", { class: "tool" }, el("label", { for: "sort" }, "sort by"), sort),
        el("span", { class: "tool" }, el("label", { for: "search" }, "find"), search),
        steering ? el("span", { class: "tool tool--end" }, measure.root) : null,
      ),
      blocked,
      el(
        "div",
        { class: "part__line part__line--head", "aria-hidden": "true" },
        el("span", {}, ""),
        el("span", {}, ""),
        el(
          "span",
          { class: "axis" },
          el(
            "span",
            { class: "axis__name", title: "Activation × gradient: an estimate of what the latent adds, in logits" },
            "Attribution",
          ),
          el("span", { class: "axis__ends" }, towardContrast, towardTarget),
        ),
        el(
          "span",
          { class: "axis" },
          el(
            "span",
            { class: "axis__name", title: "Measured: how the score changes when this latent alone is removed, in logits" },
            "When removed",
          ),
          el("span", { class: "axis__ends" }, effectContrast, effectTarget),
        ),
        el(
          "span",
          { class: "axis" },
          el(
            "span",
            { class: "axis__name", title: "Activation in this picture, as a share of the largest that was ever observed" },
            "Activation",
          ),
          el("span", { class: "axis__ends" }, "of maximum"),
        ),
        el("span", {}, ""),
      ),
    ),
    list,
    empty,
    more,
  );

  function showMore() {
    limit += PAGE;
    draw(store.state);
  }

  function draw(state) {
    const listed = listedComponents(state);
    const shown = listed.slice(0, limit);
    const keep = new Set(shown.map(({ latent }) => latent));
    for (const [latent, row] of rows) {
      if (!keep.has(latent)) {
        row.root.remove();
        rows.delete(latent);
      }
    }
    const scale = logitScale(state);
    const reason = blockedReason(state);
    const focused = document.activeElement;
    shown.forEach((component, index) => {
      if (!rows.has(component.latent)) rows.set(component.latent, partRow(component.latent, step, work));
      const row = rows.get(component.latent);
      if (list.children[index] !== row.root) list.insertBefore(row.root, list.children[index] ?? null);
      row.update({
        component,
        scale,
        effect: state.effects[component.latent] ?? null,
        edit: editOf(state, component.latent),
        preview: state.preview?.latent === component.latent ? state.preview : null,
        selected: state.selected === component.latent,
        pinned: state.pins.includes(component.latent),
        blocked: reason !== null,
      });
    });
    if (focused instanceof HTMLElement && list.contains(focused) && document.activeElement !== focused) focused.focus();
    more.hidden = listed.length <= limit;
    more.textContent = `Show more of ${listed.length}`;
    blocked.hidden = !steering || reason === null;
    blocked.textContent = reason ?? "";
    empty.hidden = listed.length > 0 || (state.view === null && state.busy.view === undefined);
    empty.textContent = emptyWords(state);
    list.classList.toggle("is-renewing", state.busy.view !== undefined);
  }

  return {
    root,
    update(state, before) {
      const parts = ["view", "edits", "preview", "selected", "pins", "sort", "query", "effects", "answers", "over"];
      if (before && parts.every((part) => state[part] === before[part]) && state.busy === before.busy) return;
      if (state.view !== before?.view && state.view) {
        const { target, contrast } = state.view;
        const ends = (targetEnd, contrastEnd) => {
          targetEnd.replaceChildren(step.prompts[target].name, " ", mark("target"));
          contrastEnd.replaceChildren(...(contrast === null ? ["−"] : [mark("contrast"), " ", step.prompts[contrast].name]));
        };
        ends(towardTarget, towardContrast);
        ends(effectTarget, effectContrast);
      }
      sort.value = state.sort;
      sort.querySelector("[value=measured]").disabled = Object.keys(state.effects).length === 0;
      const measured = Object.keys(state.effects).length > 0;
      measure.update(state.busy.ablations, null, measured ? "Measure again" : "Measure all");
      draw(state);
    },
  };
}

function emptyWords(state) {
  if (!state.view) return "Looking into the model …";
  const number = state.query.trim();
  return /^\d+$/.test(number)
    ? `No active latent has ${number} in its number. Latents that are not active in this picture are not listed.`
    : "Latents are found by their number.";
}
