import { el } from "../shared/dom.js";
import { mark } from "./marks.js";

/** The picture, and which class is explained against which. */
export function picturePanel(step, work) {
  const picture = el("img", {
    class: "picture",
    src: step.image.url,
    width: step.image.width,
    height: step.image.height,
    alt: "The picture that the model looks at",
  });
  const root = el("div", { class: "panel picture-panel" }, picture);
  if (!step.panels.includes("attribution")) return { root, update() {} };

  const option = ({ index, name, text }) => el("option", { value: index, title: text }, name);
  const target = el("select", { id: "target", class: "select--small" }, step.prompts.map(option));
  const contrast = el(
    "select",
    { id: "contrast", class: "select--small" },
    el("option", { value: "" }, "nothing"),
    step.prompts.map(option),
  );
  const ask = () => work.explain(Number(target.value), contrast.value === "" ? null : Number(contrast.value));
  target.addEventListener("change", ask);
  contrast.addEventListener("change", ask);
  root.append(
    el(
      "div",
      { class: "question-line" },
      el("label", { for: "target" }, mark("target"), "Why "),
      target,
      el("label", { for: "contrast" }, mark("contrast"), "and not "),
      contrast,
    ),
  );
  return {
    root,
    update(state, before) {
      if (before && ["view", "busy", "over"].every((part) => state[part] === before[part])) return;
      if (state.busy.view !== undefined) return;
      target.value = String(state.view?.target ?? step.target);
      contrast.value = String((state.view ? state.view.contrast : step.contrast) ?? "");
      target.disabled = contrast.disabled = !state.view || state.over;
    },
  };
}
