import { el } from "../shared/dom.js";
import { longButton } from "./busy.js";
import { foldable } from "./foldable.js";
import { wholePercent } from "./numbers.js";
import { rippleIsStale } from "./selectors.js";

const OUTCOMES = { repaired: "✓ repaired", broken: "✗ broken", other: "○ still wrong" };
const ORDER = ["broken", "repaired", "other"];
const CONTROL_NAMES = {
  "matched random latents": "control: random latents",
  "random direction of equal norm": "control: random direction",
};

/** What the standing edits do to other pictures, beside changes of the same size that aim at nothing. */
export function ripplePanel(store, work) {
  const hint = el("p", { class: "panel__hint" });
  const check = longButton({
    label: "Check other pictures",
    running: "Checking …",
    onStart: () => work.checkRipples(),
    onCancel: () => work.cancel("ripple"),
  });
  const result = el("div", { class: "ripple", "aria-live": "polite" });
  const root = foldable("ripple", "On other pictures", work, hint, result, check.root);
  return {
    root,
    update(state, before) {
      if (before && ["edits", "ripple", "busy", "over"].every((part) => state[part] === before[part])) return;
      const { ripple } = state;
      const stale = rippleIsStale(state);
      hint.hidden = ripple !== null && !stale;
      hint.textContent = stale
        ? "Measured with other changes than now. Check again to compare."
        : "The same changes on other pictures: which do they repair, and which do they break?";
      check.update(
        state.busy.ripple,
        state.edits.length === 0 ? "Nothing is changed yet." : null,
        ripple ? "Check again" : "Check other pictures",
      );
      result.classList.toggle("is-stale", stale);
      if (ripple !== before?.ripple) result.replaceChildren(...(ripple ? rippleWords(ripple) : []));
    },
  };
}

function rippleWords(ripple) {
  const { ownClass } = ripple;
  const count = (kind, number, words) =>
    el(
      "div",
      { class: `count count--${kind}` },
      el("span", { class: "count__number num" }, number),
      el("span", { class: "count__words" }, words),
    );
  return [
    el(
      "div",
      { class: "counts" },
      count("repaired", ripple.repaired, "repaired ✓"),
      count("broken", ripple.broken, "broken ✗"),
      count("unchanged", ripple.unchanged, `unchanged of ${ripple.pictures}`),
    ),
    el(
      "table",
      { class: "table table--tight" },
      el("caption", { class: "visually-hidden" }, "Your changes beside controls"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, "changed by")),
          el("th", { scope: "col", class: "num" }, "repaired"),
          el(
            "th",
            { scope: "col", class: "num", title: "And their share of the pictures that were right without changes" },
            "broken",
          ),
        ),
      ),
      el(
        "tbody",
        {},
        rate("your changes", ripple.repaired, ripple.broken, ripple.rippleRate, "is-own"),
        rate(
          `… of the ${ownClass.rightBefore} real ${ownClass.name} pictures`,
          null,
          ownClass.broken,
          ownClass.rippleRate,
          "is-own",
        ),
        ripple.controls.map((control) =>
          rate(CONTROL_NAMES[control.name] ?? control.name, control.repaired, control.broken, control.rippleRate, "is-control"),
        ),
      ),
    ),
    flipsOf(ripple.flips),
  ];
}

function rate(name, repaired, broken, share, kind) {
  return el(
    "tr",
    { class: kind },
    el("th", { scope: "row" }, name),
    el("td", { class: "num" }, repaired ?? ""),
    el("td", { class: "num" }, broken, el("span", { class: "of-those" }, wholePercent(share))),
  );
}

function flipsOf(flips) {
  if (flips.length === 0) return el("p", { class: "field__hint" }, "No other picture got another class.");
  const sorted = [...flips].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return el(
    "ul",
    { class: "flips", "aria-label": "Pictures that got another class" },
    sorted.map(({ url, truth, before, after, outcome }) =>
      el(
        "li",
        { class: `flip flip--${outcome}` },
        el("img", { src: url, alt: `A picture of ${truth}`, loading: "lazy", width: 56, height: 56 }),
        el("span", { class: "flip__outcome" }, OUTCOMES[outcome]),
        el("span", { class: "flip__change" }, `${before} → `, el("strong", {}, after)),
      ),
    ),
  );
}
