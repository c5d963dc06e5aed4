import { el } from "../shared/dom.js";
import { partControls } from "./part-controls.js";
import { multiple, percent, plain, signed, wholePercent } from "./numbers.js";
import { svg } from "./svg.js";
import { editWords } from "./words.js";

/** One latent: a line of numbers, its example pictures, and what can be done to it. */
export function partRow(latent, step, work) {
  const steering = step.panels.includes("steering");
  const rank = el("span", { class: "part__rank num" });
  const name = el(
    "button",
    { type: "button", class: "part__name", "aria-expanded": "false" },
    el("span", { class: "visually-hidden" }, "latent "),
    el("span", { class: "num" }, latent),
  );
  const chip = el("span", { class: "part__chip num", hidden: true });
  const score = diverging("Attribution");
  const effect = diverging("When removed");
  const activation = meter();
  const pin = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-pressed": "false",
      "aria-label": `Pin latent ${latent} to the top`,
      title: "Pin to the top",
    },
    pinIcon(),
  );
  const examples = el("ul", { class: "examples", "aria-label": `Pictures in which latent ${latent} is strongest` });
  const controls = steering ? partControls(latent, step, work) : null;
  const evidence = el("div", { class: "part__evidence", hidden: true });
  const line = el(
    "div",
    { class: "part__line" },
    rank,
    el("span", { class: "part__title" }, name, chip),
    score.root,
    effect.root,
    activation.root,
    pin,
  );
  const root = el("li", { class: "part" }, line, el("div", { class: "part__second" }, examples, controls?.buttons), evidence);
  if (controls) evidence.append(controls.slider);
  const facts = el("p", { class: "part__facts num" });
  evidence.append(facts);
  let selected = false;
  let shownComponent = null;

  name.addEventListener("click", () => work.inspect(selected ? null : latent));
  line.addEventListener("click", (event) => !event.target.closest("button") && work.inspect(selected ? null : latent));
  examples.addEventListener("click", () => !selected && work.inspect(latent));
  pin.addEventListener("click", () => work.pin(latent, pin.getAttribute("aria-pressed") !== "true"));

  return {
    root,
    update(data) {
      const { component, edit, preview } = data;
      if (component !== shownComponent) {
        shownComponent = component;
        rank.textContent = component.rank;
        rank.title = `Rank ${component.rank} by attribution`;
        activation.update(component);
        examples.replaceChildren(...component.examples.slice(0, 8).map(exampleOf(component)));
        facts.textContent = factsOf(component);
      }
      score.update(component.score, data.scale);
      effect.update(data.effect, data.scale);
      selected = data.selected;
      name.setAttribute("aria-expanded", String(selected));
      evidence.hidden = !selected;
      pin.setAttribute("aria-pressed", String(data.pinned));
      root.classList.toggle("is-selected", selected);
      root.classList.toggle("is-edited", edit !== null || preview !== null);
      chip.hidden = edit === null && preview === null;
      chip.classList.toggle("is-preview", preview !== null);
      chip.textContent = preview ? multiple(preview.multiple) : edit ? editWords(edit) : "";
      controls?.update(data);
    },
  };
}

function exampleOf(component) {
  return ({ url, activation }) => {
    const words = `activation ${plain(activation, 1)}, ${percent(component.maximum > 0 ? activation / component.maximum : 0)} of the maximum`;
    return el("li", {}, el("img", { src: url, alt: words, title: words, loading: "lazy", width: 44, height: 44 }));
  };
}

function factsOf(component) {
  const { activation, maximum, frequency, examples } = component;
  const pictures =
    examples.length === 0
      ? ""
      : ` The ${examples.length === 1 ? "picture shows" : `${examples.length} pictures show`} where else it is strongest, strongest first.`;
  return `Activation here ${plain(activation, 1)}, largest observed ${plain(maximum, 1)}; active in ${wholePercent(frequency)} of the library's pictures.${pictures}`;
}

/** A signed number as a bar to the left or right of zero, beside the number itself. */
function diverging(label) {
  const bar = el("span", { class: "diverging__bar" });
  const number = el("span", { class: "diverging__number num" });
  const root = el(
    "span",
    { class: "diverging" },
    el("span", { class: "visually-hidden" }, `${label} `),
    el("span", { class: "diverging__track", "aria-hidden": "true" }, bar),
    number,
  );
  return {
    root,
    update(value, scale) {
      root.classList.toggle("is-missing", value === null);
      number.textContent = value === null ? "–" : signed(value);
      number.title = value === null ? "Not measured yet" : "";
      bar.hidden = value === null;
      if (value === null) return;
      bar.style.setProperty("--length", Math.min(1, Math.abs(value) / scale));
      bar.classList.toggle("is-negative", value < 0);
    },
  };
}

/** Activation as a share of the largest that was observed. */
function meter() {
  const bar = el("span", { class: "meter__bar" });
  const number = el("span", { class: "meter__number num" });
  const root = el(
    "span",
    { class: "meter" },
    el("span", { class: "meter__track", "aria-hidden": "true" }, bar),
    el("span", { class: "meter__line" }, el("span", { class: "visually-hidden" }, "Activation "), number),
  );
  return {
    root,
    update({ activation, activationOfMaximum, maximum }) {
      const known = activationOfMaximum !== null;
      bar.style.setProperty("--length", known ? Math.min(1, activationOfMaximum) : 0);
      number.textContent = known ? `\u00d7${activationOfMaximum.toFixed(2)}` : plain(activation, 1);
      number.title = known
        ? `${plain(activation, 1)} of at most ${plain(maximum, 1)} observed`
        : "Never active in the library's pictures";
    },
  };
}

function pinIcon() {
  return svg(
    "svg",
    { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: "M5.5 1.5h5l-.8 5 2.3 2.2H4l2.3-2.2zM8 8.7v6" }),
  );
}
