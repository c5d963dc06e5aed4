import { setSlider, sliderValue, unsetUntilTouched } from "../shared/slider.js";
import { parseNumber, parseText } from "./answers.js";

/**
 * The controls of one item, whatever its kind. `value()` reads what stands there now (null: no answer yet), `restore(value)`
 * puts an earlier answer back, `onChange` is called with (value, over): over is false while somebody is still typing or sliding.
 */
export class Field {
  #root;
  #kind;
  #error;

  constructor(root, onChange) {
    this.#root = root;
    this.#kind = KINDS[root.dataset.type] ?? KINDS["short-text"];
    this.#error = root.querySelector(".field__error");
    this.#kind.listen(root, (over) => onChange(this.value(), over));
  }

  get root() {
    return this.#root;
  }

  value() {
    return this.#kind.value(this.#root);
  }

  restore(value) {
    if (value !== null) this.#kind.restore(this.#root, value);
  }

  complain(message) {
    this.#error.textContent = message ?? "";
    const group = this.#root.querySelector("[role=radiogroup]");
    for (const control of group ? [group] : this.#controls()) {
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }

  focus() {
    this.#controls()[0]?.focus({ preventScroll: true });
    this.#root.scrollIntoView({ block: "nearest" });
  }

  #controls() {
    return [...this.#root.querySelectorAll("input, textarea")];
  }
}

const byInputs = (root, report) => root.addEventListener("change", () => report(true));
const inputs = (root) => [...root.querySelectorAll("input")];
const control = (root) => root.querySelector("input, textarea");
const output = (root) => root.querySelector("output");

function byTyping(root, report) {
  root.addEventListener("input", () => report(false));
  root.addEventListener("change", () => report(true));
}

function oneOf(parse) {
  return {
    listen: byInputs,
    value: (root) => {
      const chosen = inputs(root).find((input) => input.checked);
      return chosen ? parse(chosen.value) : null;
    },
    restore: (root, value) => inputs(root).forEach((input) => (input.checked = parse(input.value) === value)),
  };
}

function typed(parse) {
  return {
    listen: byTyping,
    value: (root) => parse(control(root).value),
    restore: (root, value) => (control(root).value = String(value)),
  };
}

const KINDS = {
  consent: {
    listen: byInputs,
    // Leaving an optional statement unticked is an answer, too; a required one is simply not answered yet.
    value: (root) => inputs(root)[0].checked || (root.dataset.required === "true" ? null : false),
    restore: (root, value) => (inputs(root)[0].checked = value),
  },
  choice: oneOf(String),
  likert: oneOf(Number),
  multiple: {
    listen: byInputs,
    value: (root) => {
      const chosen = inputs(root).filter((input) => input.checked);
      return chosen.length === 0 ? null : chosen.map((input) => input.value);
    },
    restore: (root, value) => inputs(root).forEach((input) => (input.checked = value.includes(input.value))),
  },
  slider: {
    listen: (root, report) =>
      unsetUntilTouched(control(root), { output: output(root), onSet: () => report(false), onCommit: () => report(true) }),
    value: (root) => sliderValue(control(root)),
    restore: (root, value) => setSlider(control(root), output(root), value),
  },
  number: typed(parseNumber),
  "short-text": typed(parseText),
  "long-text": typed(parseText),
};
