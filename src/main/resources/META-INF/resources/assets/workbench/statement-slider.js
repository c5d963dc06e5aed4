import { el } from "../shared/dom.js";
import { setSlider, sliderValue, unsetUntilTouched } from "../shared/slider.js";

/** A statement from 0 to 100 that has no value until somebody gives it one. */
export function statementSlider({ item, question, low, high, required }) {
  const id = `statement-${item}`;
  const output = el("output", { class: "statement__value num", for: id });
  const input = el("input", { id, class: "range", type: "range", min: 0, max: 100, step: 1, "aria-describedby": `${id}-error` });
  const error = el("p", { class: "field__error", id: `${id}-error` });
  const shownAt = Date.now();
  let answeredAt = null;
  unsetUntilTouched(input, {
    output,
    onSet: () => {
      answeredAt = Date.now();
      error.textContent = "";
    },
  });
  setSlider(input, output, null);
  const root = el(
    "div",
    { class: "field statement" },
    el(
      "div",
      { class: "statement__head" },
      el("label", { for: id }, question, required ? null : el("span", { class: "optional" }, " optional")),
      output,
    ),
    el("div", { class: "statement__scale" }, el("span", {}, low), input, el("span", {}, high)),
    error,
  );
  return {
    root,
    item,
    /** The answer to send, or null when there is none. */
    answer: () => (sliderValue(input) === null ? null : { item, value: sliderValue(input), shownAt, answeredAt }),
    clear() {
      answeredAt = null;
      setSlider(input, output, null);
    },
    /** Whether it may be left as it is; says so beside it and takes the focus when `focus` is set. */
    check(focus) {
      const fine = !required || sliderValue(input) !== null;
      error.textContent = fine ? "" : "Move the slider to where you stand.";
      if (!fine && focus) input.focus();
      return fine;
    },
  };
}

/** The sliders that a task asks for at a moment, "before" or "after". */
export function statementSliders(ask, moment) {
  const sliders = [];
  if (ask.confidence !== "off") {
    sliders.push(
      statementSlider({
        item: `confidence-${moment}`,
        question: moment === "before" ? "How sure are you?" : "How sure are you of this answer?",
        low: "a guess",
        high: "certain",
        required: ask.confidence === "required",
      }),
    );
  }
  if (ask.trust !== "off") {
    sliders.push(
      statementSlider({
        item: `trust-${moment}`,
        question: "Do you trust what you see here?",
        low: "not at all",
        high: "fully",
        required: ask.trust === "required",
      }),
    );
  }
  return sliders;
}
