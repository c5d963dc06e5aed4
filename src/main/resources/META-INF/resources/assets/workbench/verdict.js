import { el } from "../shared/dom.js";

const NAMES = {
  cause: "The cause",
  repaired: "The prediction",
  ripple: "Other pictures",
  "own-class-ripple": "Pictures of the class it chose",
};

/** What the server found of an answer, criterion by criterion, and the ways on from here. */
export function verdictView({ success, criteria, attemptsLeft }, { onContinue, onLeave, onStay }) {
  const over = success || attemptsLeft === 0;
  return [
    el(
      "h2",
      { tabindex: "-1", class: success ? "verdict__title is-met" : "verdict__title" },
      success ? "Solved." : over ? "Not solved." : "Not yet.",
    ),
    el(
      "ul",
      { class: "criteria" },
      criteria.map(({ name, met, detail }) =>
        el(
          "li",
          { class: met ? "criterion is-met" : "criterion" },
          el("span", { class: "criterion__mark", "aria-hidden": "true" }, met ? "✓" : "✗"),
          el(
            "div",
            {},
            el(
              "span",
              { class: "criterion__name" },
              NAMES[name] ?? name,
              el("span", { class: "visually-hidden" }, met ? ": met. " : ": not met. "),
            ),
            el("span", { class: "criterion__detail" }, detail),
          ),
        ),
      ),
    ),
    over || attemptsLeft === null
      ? ""
      : el(
          "p",
          { class: "field__hint" },
          attemptsLeft === 1 ? "You have one attempt left." : `You have ${attemptsLeft} attempts left.`,
        ),
    el(
      "div",
      { class: "row row--end" },
      over
        ? el("button", { type: "button", class: "button button--primary", onclick: onContinue }, "Continue")
        : [
            el("button", { type: "button", class: "button button--quiet", onclick: onLeave }, "Go on without solving"),
            el("button", { type: "button", class: "button button--primary", onclick: onStay }, "Keep working"),
          ],
    ),
  ];
}
