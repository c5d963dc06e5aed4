import { el } from "../shared/dom.js";

/** A panel that can be closed; says so to the recorder when a person does it. */
export function foldable(name, title, work, ...children) {
  const root = el(
    "details",
    { class: "panel foldable", open: true },
    el("summary", { class: "panel__head" }, el("h2", { class: "panel__title" }, title)),
    ...children,
  );
  let open = true;
  root.addEventListener("toggle", () => {
    if (root.open === open) return;
    open = root.open;
    work.record(open ? "panel.opened" : "panel.closed", { panel: name });
  });
  return root;
}
