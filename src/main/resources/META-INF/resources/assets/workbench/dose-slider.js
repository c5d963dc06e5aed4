import { el } from "../shared/dom.js";
import { multiple, plain } from "./numbers.js";

const MIN = -1;
const MAX = 4;
const STEP = 0.05;
const KEY_PAUSE_MILLIS = 500;
const SAMPLE_MILLIS = 250;

/**
 * A slider in multiples of the present activation. While it moves it previews; where it is left, it applies: a pointer leaves it
 * when it is let go, the keyboard when no key has come for a moment or the focus goes on.
 */
export function doseSlider(latent, work) {
  const id = `dose-${latent}`;
  const input = el("input", { id, class: "range dose__range", type: "range", min: MIN, max: MAX, step: STEP });
  const output = el("output", { class: "dose__value num", for: id });
  const tick = (value, words = "") =>
    el(
      "span",
      { class: "dose__tick num", style: { "--at": (value - MIN) / (MAX - MIN) } },
      plain(value),
      el("span", { class: "dose__words" }, words),
    );
  const root = el(
    "div",
    { class: "dose" },
    el(
      "div",
      { class: "dose__label" },
      el("label", { for: id }, "Multiple of its activation", el("span", { class: "visually-hidden" }, ` (latent ${latent})`)),
      output,
    ),
    el(
      "div",
      { class: "dose__track" },
      input,
      el(
        "div",
        { class: "dose__ticks", "aria-hidden": "true" },
        tick(-1),
        tick(0, " removed"),
        tick(1, " as it is"),
        tick(2),
        tick(3),
        tick(4),
      ),
    ),
  );
  let moving = false;
  let byPointer = false;
  let pause;
  let sampledAt = 0;

  const start = () => {
    if (moving) return;
    moving = true;
    work.record("slider.started", { latent, value: Number(input.value) });
  };
  /** The way of a move, not every pixel of it. */
  const sample = () => {
    const now = performance.now();
    if (now - sampledAt < SAMPLE_MILLIS) return;
    sampledAt = now;
    work.record("slider.moved", { latent, value: Number(input.value) });
  };
  const end = () => {
    clearTimeout(pause);
    if (!moving) return;
    moving = false;
    work.record("slider.ended", { latent, value: Number(input.value) });
    work.release(latent, Number(input.value));
  };
  input.addEventListener("pointerdown", () => (byPointer = true));
  input.addEventListener("keydown", () => (byPointer = false));
  input.addEventListener("input", () => {
    start();
    sample();
    show(Number(input.value), null);
    work.drag(latent, Number(input.value));
  });
  input.addEventListener("change", () => {
    clearTimeout(pause);
    if (byPointer) end();
    else pause = setTimeout(end, KEY_PAUSE_MILLIS);
  });
  input.addEventListener("blur", end);
  // No change event follows when the pointer comes back to where it began.
  for (const over of ["pointerup", "pointercancel"]) input.addEventListener(over, () => setTimeout(end));

  function show(value, words) {
    output.textContent = words ?? multiple(value ?? 1);
    input.setAttribute("aria-valuetext", words ?? `${value} times`);
    const at = ((value ?? 1) - MIN) / (MAX - MIN);
    const present = (1 - MIN) / (MAX - MIN);
    input.style.setProperty("--from", Math.min(at, present));
    input.style.setProperty("--to", Math.max(at, present));
  }

  return {
    root,
    /** `value`: the multiple in force, null when the edit is in absolute numbers; then `words` say it. */
    update(value, words, blocked) {
      input.disabled = blocked;
      input.classList.toggle("is-unset", value === null);
      if (moving) return;
      const inReach = Math.min(MAX, Math.max(MIN, value ?? 1));
      if (Number(input.value) !== inReach) input.value = String(inReach);
      show(value, words);
    },
  };
}
