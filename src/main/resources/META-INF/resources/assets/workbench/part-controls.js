import { el } from "../shared/dom.js";
import { doseSlider } from "./dose-slider.js";
import { plain } from "./numbers.js";
import { multipleOf } from "./selectors.js";
import { editWords } from "./words.js";

/** Suppress, amplify, set, slide, reset: those that the task offers. */
export function partControls(latent, step, work) {
  const offered = (operation) => step.operations.includes(operation);
  const action = (label, name, onclick) =>
    el(
      "button",
      {
        type: "button",
        class: "button button--small",
        "aria-label": `${name} latent ${latent}`,
        "aria-describedby": "blocked-reason",
        onclick,
      },
      label,
    );
  const suppress = offered("suppress")
    ? action("Suppress", "Suppress", () => isFree(suppress) && work.edit(latent, "suppress", null))
    : null;
  const amplify = offered("scale") ? action("×2", "×2: double", () => isFree(amplify) && work.edit(latent, "scale", 2)) : null;
  const reset = action("Reset", "Reset", () => isFree(reset) && work.reset(latent));
  const slider = offered("scale") ? doseSlider(latent, work) : null;
  const absolute = offered("set") || offered("add") ? absoluteForm(latent, offered, work) : null;
  const buttons = el(
    "div",
    { class: "part__buttons", role: "group", "aria-label": `Change latent ${latent}` },
    suppress,
    amplify,
    reset,
  );
  return {
    buttons,
    slider: el("div", { class: "part__controls" }, slider?.root, absolute?.root),
    update({ component, edit, preview, blocked }) {
      const lock = (button, locked) => button?.setAttribute("aria-disabled", String(locked));
      lock(suppress, blocked || edit?.operation === "suppress");
      lock(amplify, blocked || multipleOf(edit) === 2);
      lock(reset, blocked || edit === null);
      suppress?.setAttribute("aria-pressed", String(edit?.operation === "suppress"));
      amplify?.setAttribute("aria-pressed", String(edit?.operation === "scale" && edit.value === 2));
      slider?.update(
        preview ? preview.multiple : multipleOf(edit),
        edit && multipleOf(edit) === null ? editWords(edit) : null,
        blocked,
      );
      absolute?.update(component, edit, blocked);
    },
  };
}

function isFree(button) {
  return button.getAttribute("aria-disabled") !== "true";
}

/** An activation in absolute numbers. */
function absoluteForm(latent, offered, work) {
  const operations = [
    ["set", "set activation to"],
    ["add", "add to activation"],
  ].filter(([operation]) => offered(operation));
  const kind = el(
    "select",
    { class: "select--small", "aria-label": `Kind of change of latent ${latent}` },
    operations.map(([value, words]) => el("option", { value }, words)),
  );
  const number = el("input", {
    class: "input--small",
    type: "number",
    step: "any",
    required: true,
    "aria-label": `Activation of latent ${latent}`,
  });
  const apply = el("button", { class: "button button--small" }, "Apply");
  const root = el("form", { class: "absolute" }, operations.length > 1 ? kind : el("span", {}, operations[0][1]), number, apply);
  let shown = null;
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (Number.isFinite(number.valueAsNumber)) work.edit(latent, kind.value, number.valueAsNumber);
  });
  return {
    root,
    update({ activation }, edit, blocked) {
      number.placeholder = plain(activation, 1);
      kind.disabled = number.disabled = apply.disabled = blocked;
      if (edit === shown) return;
      shown = edit;
      const isAbsolute = edit?.operation === "set" || edit?.operation === "add";
      if (isAbsolute) kind.value = edit.operation;
      number.value = isAbsolute ? edit.value : "";
    },
  };
}
