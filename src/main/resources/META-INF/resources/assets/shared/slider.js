const SETTING_KEYS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/**
 * A range input that has no value until somebody gives it one: by moving it, by a click where the knob already stands, or by a
 * key. Until then it carries the class `is-unset`. `onSet(number)` is called at every change; `onCommit(number)` when one is over.
 */
export function unsetUntilTouched(input, { output = null, onSet = () => {}, onCommit = () => {} } = {}) {
  const set = () => {
    show(input, output, Number(input.value));
    onSet(Number(input.value));
  };
  input.addEventListener("input", set);
  input.addEventListener("change", () => onCommit(Number(input.value)));
  const setWhereItStands = () => {
    if (!isUnset(input)) return;
    set();
    onCommit(Number(input.value));
  };
  input.addEventListener("click", setWhereItStands);
  input.addEventListener("keyup", (event) => SETTING_KEYS.has(event.key) && setWhereItStands());
}

/** Gives the slider a value that is known already, or none (null). */
export function setSlider(input, output, value) {
  if (value !== null) input.value = String(value);
  show(input, output, value);
}

export function sliderValue(input) {
  return isUnset(input) ? null : Number(input.value);
}

function isUnset(input) {
  return input.classList.contains("is-unset");
}

function show(input, output, value) {
  const words = value === null ? "not answered yet" : String(value);
  input.classList.toggle("is-unset", value === null);
  input.setAttribute("aria-valuetext", words);
  input.style.setProperty("--filled", value === null ? "0" : String((value - input.min) / (input.max - input.min || 1)));
  if (output) output.textContent = words;
}
