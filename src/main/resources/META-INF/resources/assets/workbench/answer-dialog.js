import { el } from "../shared/dom.js";
import { statementSliders } from "./statement-slider.js";
import { attemptsLeft } from "./selectors.js";
import { verdictView } from "./verdict.js";

/** The closing question, and what the server found. */
export function answerDialog({ step, store, work, onContinue, onLeave }) {
  const { question, options, explanation } = step.answer;
  const cause = el(
    "fieldset",
    { class: "answer__options", "aria-describedby": "cause-error" },
    el("legend", { class: "field__label" }, question),
    options.map(({ id, text }) =>
      el("label", { class: "option" }, el("input", { type: "radio", name: "cause", value: id }), el("span", {}, text)),
    ),
    el("p", { class: "field__error", id: "cause-error" }),
  );
  const words = el("textarea", { id: "explanation", rows: 3, maxlength: 10_000, "aria-describedby": "explanation-error" });
  const wordsError = el("p", { class: "field__error", id: "explanation-error" });
  const sliders = statementSliders(step.ask, "after");
  const standing = el("p", { class: "field__hint" });
  const trouble = el("div", { class: "answer__trouble", role: "alert" });
  const submit = el("button", { class: "button button--primary" }, "Give this answer");
  const form = el(
    "form",
    { class: "answer stack", novalidate: true },
    el("h2", { id: "answer-title" }, "Your answer"),
    cause,
    explanation === "off"
      ? null
      : el(
          "div",
          { class: "field" },
          el(
            "label",
            { for: "explanation" },
            "How do you know?",
            explanation === "required" ? null : el("span", { class: "optional" }, " optional"),
          ),
          words,
          wordsError,
        ),
    sliders.map(({ root }) => root),
    standing,
    trouble,
    el(
      "div",
      { class: "row row--end" },
      el("button", { type: "button", class: "button button--quiet", onclick: () => dialog.close() }, "Keep working"),
      submit,
    ),
  );
  const verdict = el("div", { class: "verdict stack", hidden: true });
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "answer-title" }, form, verdict);
  document.body.append(dialog);
  let pending = null;

  // An answer that was changed is another attempt; one that only got lost on the way is the same.
  form.addEventListener("input", () => (pending = null));
  cause.addEventListener("change", () => (cause.querySelector(".field__error").textContent = ""));
  words.addEventListener("input", () => (wordsError.textContent = ""));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = form.elements.cause.value;
    const explained = explanation !== "required" || words.value.trim() !== "";
    cause.querySelector(".field__error").textContent = chosen ? "" : "Choose the one that fits best.";
    wordsError.textContent = explained ? "" : "A sentence is enough.";
    const complete = sliders.map((slider) => slider.check(Boolean(chosen) && explained)).every(Boolean);
    if (!chosen) return cause.querySelector("input").focus();
    if (!explained) return words.focus();
    if (!complete) return;
    submit.setAttribute("aria-busy", "true");
    submit.disabled = true;
    submit.textContent = "Checking …";
    pending ??= { cause: chosen, explanation: words.value.trim() || null };
    const stated = await work.saveStatements(sliders.map((slider) => slider.answer()).filter(Boolean));
    if (stated) await work.judge(pending);
    submit.removeAttribute("aria-busy");
    submit.disabled = false;
    submit.textContent = "Give this answer";
  });

  dialog.addEventListener("close", () => {
    if (!store.state.verdict) return;
    store.dispatch({ type: "verdict-read" });
  });

  return {
    open() {
      pending = null;
      form.hidden = false;
      verdict.hidden = true;
      trouble.replaceChildren();
      sliders.forEach((slider) => slider.clear());
      standing.textContent = standingWords(store.state);
      dialog.showModal();
    },
    update(state, before) {
      if (state.verdict !== before?.verdict && state.verdict) {
        pending = null;
        form.hidden = true;
        verdict.hidden = false;
        verdict.replaceChildren(...verdictView(state.verdict, { onContinue, onLeave, onStay: () => dialog.close() }));
        verdict.querySelector("h2").focus();
      }
      if (dialog.open && state.notices !== before?.notices) {
        const about = state.notices.filter(({ id }) => id === "outcome" || id === "statements");
        trouble.replaceChildren(
          ...about.map(({ title, text }) =>
            el(
              "div",
              { class: "notice notice--error" },
              el("span", { class: "notice__title" }, title),
              el("span", {}, `${text} Your answer is still here.`),
            ),
          ),
        );
      }
    },
  };
}

function standingWords(state) {
  const count = state.edits.length;
  const changes =
    count === 0
      ? "You have not changed any latent."
      : count === 1
        ? "Your change of one latent is judged with it."
        : `Your changes of ${count} latents are judged with it.`;
  const left = attemptsLeft(state);
  return left === null ? changes : `${changes} You have ${left === 1 ? "one attempt" : `${left} attempts`} left.`;
}
