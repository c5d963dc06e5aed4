import { svg } from "./svg.js";

const SHAPES = {
  target: () => svg("rect", { x: 1.5, y: 1.5, width: 7, height: 7 }),
  contrast: () => svg("path", { d: "M5 0.5 9.5 5 5 9.5 0.5 5Z" }),
  other: () => svg("circle", { cx: 5, cy: 5, r: 3.5 }),
};

/** Target, contrast and other classes have a shape as well as a colour: square, diamond, disc. */
export function mark(role) {
  return svg(
    "svg",
    { class: `mark mark--${role}`, viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" },
    SHAPES[role](),
  );
}

/** The same shape inside a chart, centred on a point. */
export function markAt(role, x, y) {
  return svg("g", { class: `mark mark--${role}`, transform: `translate(${x - 5} ${y - 5})` }, SHAPES[role]());
}
