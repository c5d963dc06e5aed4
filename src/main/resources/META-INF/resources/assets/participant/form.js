import { goToCurrentStep, startRecorder } from "../recorder/start.js";
import { el } from "../shared/dom.js";
import { getJson, postJson, ProblemError } from "../shared/http.js";
import { showSaving } from "../shared/saving.js";
import { aboutAnswer, AnswerSheet, complaints } from "./answers.js";
import { Draft, tabStorage } from "./draft.js";
import { Field } from "./fields.js";
import { whenInView } from "./in-view.js";

/** The form of a step: collects the answers to its items, sends them, and goes on to the next step. */
export class StepForm {
  #state;
  #items;
  #sheet;
  #draft;
  #fields = new Map();
  #form = document.getElementById("form");
  #summary = document.getElementById("summary");
  #button = this.#form.querySelector("button[type=submit]");
  #label = this.#button.textContent;
  #recorder;
  #sending = false;

  constructor(state) {
    this.#state = state;
    this.#items = state.step.items ?? [];
    this.#draft = new Draft(tabStorage(), state.sessionId, state.step.id);
    this.#sheet = new AnswerSheet(this.#items, { draft: this.#draft.read() });
    // The form must work even where the recorder cannot: answers do not go through it.
    this.#recorder = startRecorder(state);
    this.#recorder.then(showSaving).catch((error) => console.error(error));
    this.#listen();
  }

  record(type, payload) {
    this.#recorder.then((recorder) => recorder.record(type, payload)).catch(() => {});
  }

  #listen() {
    for (const item of this.#items) {
      const root = this.#form.querySelector(`[data-item="${CSS.escape(item.id)}"]`);
      const field = new Field(root, (value, over) => this.#changed(item, value, over));
      field.restore(this.#sheet.value(item.id));
      this.#fields.set(item.id, field);
    }
    whenInView([...this.#fields.values()].map((field) => field.root), ({ dataset }) => this.#seen(dataset.item));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    // Enter in a field would send the whole form, which in a questionnaire nobody means.
    this.#form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    });
  }

  #seen(item) {
    if (!this.#sheet.shown(item)) return;
    this.#draft.write(this.#sheet.answers());
    this.record("item.shown", { item });
  }

  #changed(item, value, over) {
    const storable = Number.isNaN(value) ? null : value;
    if (this.#sheet.answered(item.id, storable)) {
      this.#draft.write(this.#sheet.answers());
      this.#fields.get(item.id).complain(null);
    }
    if (over) this.record("item.answered", aboutAnswer(item, storable));
  }

  async #submit() {
    if (this.#sending) return;
    // Browsers fill fields in without telling anybody, after a reload for example.
    this.#fields.forEach((field, id) => this.#sheet.answered(id, Number.isNaN(field.value()) ? null : field.value()));
    const missing = complaints(this.#items, (id) => this.#fields.get(id).value());
    if (missing.length > 0) return this.#refuse(missing);
    this.#clear();
    this.#busy(true);
    try {
      await postJson(this.#url(), { answers: this.#sheet.answers() }, { tries: Infinity, onRetry: (problem) => this.#waiting(problem) });
      this.#leave();
    } catch (error) {
      await this.#failed(error);
      this.#busy(false);
    }
  }

  #url() {
    return `/api/sessions/${this.#state.sessionId}/steps/${encodeURIComponent(this.#state.step.id)}/complete`;
  }

  #leave() {
    this.#draft.clear();
    goToCurrentStep(this.#state.sessionId);
  }

  async #failed(error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.status === 422 && error.members.errors?.length > 0) return this.#refuse(error.members.errors);
    if (error.status === 409 && (await this.#stepIsOver())) return this.#leave();
    this.#say("This page could not be sent", [error.detail, "Your answers are still on this page."]);
    this.#summary.focus();
  }

  /** Whether the step has been left already, in another tab for example. */
  async #stepIsOver() {
    try {
      const { step } = await getJson(`/api/sessions/${this.#state.sessionId}`);
      return step.id !== this.#state.step.id;
    } catch {
      return false;
    }
  }

  /** Shows what is wrong: how much at the top, what at each field; and puts the cursor into the first. */
  #refuse(errors) {
    this.record("form.refused", { items: errors.map(({ item }) => item) });
    this.#fields.forEach((field) => field.complain(null));
    errors.forEach(({ item, message }) => this.#fields.get(item)?.complain(message));
    const strangers = errors.filter(({ item }) => !this.#fields.has(item)).map(({ item, message }) => `${item}: ${message}`);
    const count = errors.length === 1 ? "One answer is missing or does not fit" : `${errors.length} answers are missing or do not fit`;
    this.#say(count, ["Nothing has been stored yet; everything you entered is kept on this page.", ...strangers]);
    const first = this.#items.find(({ id }) => errors.some(({ item }) => item === id));
    if (first) this.#fields.get(first.id).focus();
    else this.#summary.focus();
  }

  #waiting(problem) {
    const title = problem.status === 0 ? "No connection at the moment" : "The server cannot answer at the moment";
    const kept = "Your answers are kept on this page and are sent as soon as it works again. You need not do anything.";
    this.#say(title, [kept], "notice--warn");
    this.#button.textContent = "Waiting for the connection …";
  }

  #say(title, lines, tone = "notice--error") {
    this.#summary.className = `notice ${tone}`;
    this.#summary.replaceChildren(el("p", { class: "notice__title" }, title), ...lines.map((line) => el("p", {}, line)));
    this.#summary.hidden = false;
  }

  #clear() {
    this.#summary.hidden = true;
    this.#summary.replaceChildren();
    this.#fields.forEach((field) => field.complain(null));
  }

  #busy(on) {
    this.#sending = on;
    this.#button.setAttribute("aria-busy", String(on));
    this.#button.setAttribute("aria-disabled", String(on));
    this.#button.textContent = on ? "Sending …" : this.#label;
  }
}
