import { el } from "../shared/dom.js";
import { longButton } from "./busy.js";
import { doseChart } from "./dose-chart.js";
import { curvesOf } from "./dose-curves.js";
import { foldable } from "./foldable.js";
import { mark } from "./marks.js";
import { multiple, percent } from "./numbers.js";
import { editOf, multipleOf, sweepOf } from "./selectors.js";

/** The dose curve of the selected latent. */
export function dosePanel(step, store, work) {
  const hint = el("p", { class: "panel__hint" });
  const measure = longButton({
    label: "Measure",
    running: "Measuring …",
    onStart: () => work.sweep(store.state.selected),
    onCancel: () => work.cancel("sweep"),
  });
  const chart = el("div", { class: "dose-chart" });
  const legend = el("ul", { class: "chart-legend" });
  const table = el("details", { class: "chart-table" });
  const root = foldable("sweep", "Dose curve", work, hint, chart, legend, measure.root, table);

  function draw(state) {
    const { selected } = state;
    const measured = selected === null ? null : sweepOf(state, selected);
    hint.hidden = measured !== null && !measured.stale;
    hint.textContent =
      selected === null
        ? "Choose a latent to see how the prediction follows its strength."
        : measured
          ? "Measured with other changes than now. Measure again to compare."
          : `How does the prediction follow the strength of latent ${selected}? Your other changes stay as they are.`;
    measure.root.hidden = selected === null;
    measure.update(state.busy.sweep, null, measured ? "Measure again" : `Measure latent ${selected}`);
    chart.hidden = legend.hidden = table.hidden = measured === null;
    chart.classList.toggle("is-stale", measured?.stale ?? false);
    if (!measured) return;
    const present = state.preview?.latent === selected ? state.preview.multiple : multipleOf(editOf(state, selected));
    const curves = curvesOf(measured.sweep, state.view.target, state.view.contrast, step.prompts);
    chart.replaceChildren(doseChart({ latent: selected, curves, present }));
    legend.replaceChildren(
      ...curves.lines.map(({ role, name }) => el("li", {}, mark(role), name)),
      curves.control
        ? el(
            "li",
            { title: "The active latent whose activation is nearest to this one's, under the same multiples" },
            el("span", { class: "dash", "aria-hidden": "true" }),
            `control: latent ${curves.control.latent}`,
          )
        : "",
    );
    table.replaceChildren(el("summary", {}, "As a table"), curveTable(curves));
  }

  return {
    root,
    update(state, before) {
      const parts = ["selected", "sweeps", "edits", "preview", "view"];
      if (before && parts.every((part) => state[part] === before[part]) && state.busy.sweep === before.busy.sweep) return;
      draw(state);
    },
  };
}

function curveTable({ lines, doses }) {
  return el(
    "table",
    { class: "table table--tight" },
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, "multiple"),
        lines.map(({ name }) => el("th", { scope: "col", class: "num" }, name)),
      ),
    ),
    el(
      "tbody",
      {},
      doses.map((dose, i) =>
        el(
          "tr",
          {},
          el("th", { scope: "row", class: "num" }, multiple(dose)),
          lines.map(({ shares }) => el("td", { class: "num" }, percent(shares[i]))),
        ),
      ),
    ),
  );
}
