import { el } from "../shared/dom.js";
import { Draft, tabStorage } from "../participant/draft.js";
import { statementSliders } from "./statement-slider.js";
import { attemptsLeft } from "./selectors.js";

/** Above all: what to do, what the participant believes, and the way to an answer. Fills the task section around the task's text. */
export function taskPanel(section, { sessionId, step, store, work, onAnswer, onLeave, onContinue }) {
  const believes =
    step.ask.hypothesis === "off" && step.ask.confidence === "off" && step.ask.trust === "off"
      ? null
      : beliefForm(sessionId, step, store, work);
  const answer = el("button", { type: "button", class: "button button--primary", onclick: onAnswer }, "I found it …");
  const goOn = el("button", { type: "button", class: "button button--primary", hidden: true, onclick: onContinue }, "Continue");
  const leave = el(
    "button",
    { type: "button", class: "button button--quiet button--small", hidden: true, onclick: onLeave },
    "Go on without solving",
  );
  const left = el("p", { class: "field__hint num" });
  section.append(
    ...(believes ? [believes.root] : []),
    el("div", { class: "task__end" }, el("div", { class: "task__side" }, left, leave), answer, goOn),
  );
  return {
    update(state, before) {
      believes?.update(state, before);
      if (before && ["attempts", "over", "view", "busy"].every((part) => state[part] === before[part])) return;
      answer.hidden = state.over;
      answer.disabled = state.view === null;
      goOn.hidden = !state.over;
      leave.hidden = state.over || state.attempts.length === 0;
      left.textContent = state.over ? "" : attemptWords(state);
    },
  };
}

function attemptWords(state) {
  const left = attemptsLeft(state);
  if (left === null) return state.attempts.length === 0 ? "" : `${state.attempts.length} so far, any number allowed`;
  return left === 1 ? "1 attempt left" : `${left} attempts left`;
}

/** What the participant thinks before the first edit; afterwards one line, and the thought can be revised. */
function beliefForm(sessionId, step, store, work) {
  const draft = new Draft(tabStorage(), sessionId, step.id);
  const asksHypothesis = step.ask.hypothesis !== "off";
  const shownAt = Date.now();
  const hypothesis = el("textarea", {
    id: "hypothesis",
    rows: 2,
    maxlength: 10_000,
    "aria-describedby": "hypothesis-error",
    placeholder: "For example: it looks at …",
  });
  const error = el("p", { class: "field__error", id: "hypothesis-error" });
  const sliders = statementSliders(step.ask, "before");
  const save = el("button", { class: "button button--primary" }, "Save");
  const cancel = el("button", { type: "button", class: "button button--quiet", hidden: true, onclick: () => close() }, "Cancel");
  const form = el(
    "form",
    { class: "belief__form", novalidate: true },
    asksHypothesis
      ? el(
          "div",
          { class: "field belief__text" },
          el(
            "label",
            { for: "hypothesis" },
            "What do you think the model uses?",
            step.ask.hypothesis === "required" ? null : el("span", { class: "optional" }, " optional"),
          ),
          hypothesis,
          error,
        )
      : null,
    sliders.map(({ root }) => root),
    el("div", { class: "belief__actions" }, save, cancel),
  );
  const thought = el("q", { class: "belief__thought" });
  const others = el("span", { class: "belief__others num" });
  const revise = el("button", { type: "button", class: "button button--quiet button--small", onclick: () => open() }, "Revise");
  const line = el(
    "div",
    { class: "belief__line", hidden: true },
    el("span", { class: "belief__caption" }, "You think"),
    thought,
    revise,
    others,
  );
  const root = el("div", { class: "belief" }, form, line);
  let revising = false;

  hypothesis.value = draft.read().find(({ item }) => item === "hypothesis")?.value ?? "";
  hypothesis.addEventListener("input", () => {
    error.textContent = "";
    draft.write([{ item: "hypothesis", value: hypothesis.value }]);
  });
  // How long the text has become when the participant pauses over something else; never what is typed.
  hypothesis.addEventListener("change", () => work.record("hypothesis.edited", { length: hypothesis.value.length }));

  const open = () => {
    revising = true;
    draw(store.state);
    hypothesis.focus();
  };
  const close = () => {
    revising = false;
    hypothesis.value = store.state.answers.hypothesis ?? "";
    draft.clear();
    draw(store.state);
    revise.focus();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = hypothesis.value.trim();
    const written = !asksHypothesis || step.ask.hypothesis !== "required" || text !== "";
    error.textContent = written ? "" : "A few words are enough, but they come first.";
    if (!written) hypothesis.focus();
    const asked = revising ? [] : sliders;
    const fine = asked.map((slider) => slider.check(written)).every(Boolean);
    if (!written || !fine) return;
    const answers = asked.map((slider) => slider.answer()).filter(Boolean);
    if (asksHypothesis && text !== "") answers.unshift({ item: "hypothesis", value: text, shownAt, answeredAt: Date.now() });
    save.disabled = true;
    const saved = await work.saveStatements(answers);
    save.disabled = false;
    if (!saved) return;
    draft.clear();
    revising = false;
    settled = true;
    draw(store.state);
  });

  // Once something is changed, nobody can say any more what they thought before.
  let settled = false;

  function draw(state) {
    const begun =
      settled ||
      state.history.length > 0 ||
      "hypothesis" in state.answers ||
      "confidence-before" in state.answers ||
      "trust-before" in state.answers;
    const stated = state.answers.hypothesis ?? null;
    form.hidden =
      state.over || (begun && !revising && !(asksHypothesis && stated === null && step.ask.hypothesis === "required"));
    sliders.forEach((slider) => (slider.root.hidden = begun));
    line.hidden = !form.hidden;
    cancel.hidden = !revising;
    save.textContent = begun ? "Save" : "Save and begin";
    thought.textContent = stated ?? "";
    thought.hidden = stated === null;
    line.querySelector(".belief__caption").textContent =
      stated === null ? "You have not written down what you think." : "You think";
    revise.textContent = stated === null ? "Write it down" : "Revise";
    revise.hidden = !asksHypothesis || state.over;
    others.textContent = [
      ["confidence-before", "sure"],
      ["trust-before", "trust"],
    ]
      .filter(([item]) => item in state.answers)
      .map(([item, words]) => `${words} ${state.answers[item]}`)
      .join(" · ");
  }

  return {
    root,
    update(state, before) {
      if (before && ["answers", "history", "over"].every((part) => state[part] === before[part])) return;
      if (!before || (state.answers !== before.answers && !revising && hypothesis.value === ""))
        hypothesis.value ||= state.answers.hypothesis ?? "";
      draw(state);
    },
  };
}
