import { el } from "../shared/dom.js";

/**
 * A button that starts something long: says so while it runs, and offers to stop waiting when it takes more than a moment.
 * `update(phase, reason)`: the phase of the work or undefined; why it cannot be started, or null.
 */
export function longButton({ label, running, className = "button button--small", onStart, onCancel }) {
  const button = el(
    "button",
    { type: "button", class: className, onclick: () => button.getAttribute("aria-disabled") !== "true" && onStart() },
    label,
  );
  const cancel = el(
    "button",
    { type: "button", class: "button button--quiet button--small", hidden: true, onclick: onCancel },
    "Cancel",
  );
  const why = el("span", { class: "field__hint", hidden: true });
  const root = el("div", { class: "row row--tight" }, button, cancel, why);
  return {
    root,
    update(phase, reason = null, text = label) {
      const busy = phase !== undefined;
      button.textContent = busy ? running : text;
      button.setAttribute("aria-busy", String(busy));
      button.setAttribute("aria-disabled", String(busy || reason !== null));
      cancel.hidden = phase !== "long" && phase !== "retrying";
      why.hidden = reason === null;
      why.textContent = reason ?? "";
    },
  };
}
