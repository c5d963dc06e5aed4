import { uuidV7 } from "../recorder/ids.js";
import { NewestOnly } from "./newest.js";
import { whenPainted } from "./painted.js";
import { editOf, multipleOf } from "./selectors.js";
import { failureNotice } from "./failures.js";

const SHOW_WAITING_MILLIS = 300;
const OFFER_CANCEL_MILLIS = 2000;

/** What a participant can do: sends it, keeps what the server answers and records what was shown. Nothing is computed here. */
export class Work {
  #store;
  #api;
  #recorder;
  #newId;
  #painted;
  #now;
  #running = new Map();
  #changes = Promise.resolve();
  #previews;

  constructor({ store, api, recorder, newId = uuidV7, painted = whenPainted, now = () => Date.now() }) {
    this.#store = store;
    this.#api = api;
    this.#recorder = recorder;
    this.#newId = newId;
    this.#painted = painted;
    this.#now = now;
    this.#previews = new NewestOnly({
      send: (body, signal) => api.intervene(body, { signal, tries: 2 }),
      onAnswer: (response) => {
        store.dispatch({ type: "previewed", response });
        this.#recordShown("intervention.shown", { interventionId: response.interventionId });
      },
      onFailure: (error) => {
        store.dispatch({ type: "released" });
        this.#report("change", error, "The preview could not be computed.", null);
      },
    });
  }

  /** Takes up the task where the server has it, then asks for the first view. */
  async open() {
    const { step } = this.#store.state;
    const task = await this.#run(
      "open",
      (options) => this.#api.task(options),
      "The task could not be loaded.",
      () => this.open(),
    );
    if (!task) return;
    this.#store.dispatch({ type: "resumed", task });
    await this.explain(step.target, step.contrast);
  }

  /** Asks the server which edits stand: after a change of which nobody knows whether it arrived. */
  async refresh() {
    const task = await this.#run(
      "open",
      (options) => this.#api.task(options),
      "Which changes stand is not known.",
      () => this.refresh(),
    );
    if (task) this.#store.dispatch({ type: "resumed", task });
  }

  /** Asks which latents speak for `target`, and against `contrast` unless that is null. */
  async explain(target, contrast, requestId = this.#newId()) {
    this.cancel("view");
    const view = await this.#run(
      "view",
      (options) => this.#api.view({ requestId, target, contrast }, options),
      "The latents could not be computed.",
      () => this.explain(target, contrast, requestId),
    );
    if (!view) return;
    this.#store.dispatch({ type: "viewed", view, target, contrast });
    this.#recordShown("attribution.shown", { viewId: view.viewId });
  }

  /** Shows what a multiple would do, without making it stand. */
  drag(latent, multiple) {
    const { viewId } = this.#store.state.view;
    this.#store.dispatch({ type: "dragged", latent, multiple });
    this.#previews.ask({
      requestId: this.#newId(),
      viewId,
      phase: "preview",
      action: "edit",
      latent,
      operation: "scale",
      value: multiple,
    });
  }

  /** Makes the multiple stand at which the slider was left. */
  release(latent, multiple) {
    this.#previews.cancel();
    if (multipleOf(editOf(this.#store.state, latent)) === multiple) {
      this.#store.dispatch({ type: "released" });
      return Promise.resolve();
    }
    return this.edit(latent, "scale", multiple);
  }

  edit(latent, operation, value) {
    return this.#change({ action: "edit", latent, operation, value });
  }

  reset(latent) {
    return this.#change({ action: "reset", latent });
  }

  resetAll() {
    return this.#change({ action: "reset-all" });
  }

  undo() {
    return this.#change({ action: "undo" });
  }

  redo() {
    return this.#change({ action: "redo" });
  }

  /** Changes are made one after the other, in the order in which they were asked for. */
  #change(wish) {
    this.#previews.cancel();
    const { viewId } = this.#store.state.view;
    const body = { requestId: this.#newId(), viewId, phase: "applied", latent: null, operation: null, value: null, ...wish };
    this.#changes = this.#changes.then(() => this.#apply(body));
    return this.#changes;
  }

  async #apply(body) {
    const response = await this.#run(
      "change",
      (options) => this.#api.intervene(body, options),
      "The change was not made.",
      () => (this.#changes = this.#changes.then(() => this.#apply(body))),
      () => this.refresh(),
    );
    if (!response) {
      this.#store.dispatch({ type: "released" });
      return;
    }
    this.#store.dispatch({ type: "applied", request: body, response, at: new Date(this.#now()).toISOString() });
    this.#recordShown("intervention.shown", { interventionId: response.interventionId });
  }

  /** Measures for every listed latent what removing it alone does to the view's target. */
  async measureAll(requestId = this.#newId()) {
    const { viewId, components } = this.#store.state.view;
    const latents = components.slice(0, 256).map(({ latent }) => latent);
    const result = await this.#run(
      "ablations",
      (options) => this.#api.ablate({ requestId, viewId, latents }, options),
      "The effects could not be measured.",
      () => this.measureAll(requestId),
    );
    if (result) this.#store.dispatch({ type: "ablated", viewId, result });
  }

  async sweep(latent, requestId = this.#newId()) {
    const { view, edits } = this.#store.state;
    const result = await this.#run(
      "sweep",
      (options) => this.#api.sweep({ requestId, viewId: view.viewId, latent, doses: null }, options),
      "The dose curve could not be measured.",
      () => this.sweep(latent, requestId),
    );
    if (result) this.#store.dispatch({ type: "swept", result, edits });
  }

  async checkRipples(requestId = this.#newId()) {
    const { viewId } = this.#store.state.view;
    const result = await this.#run(
      "ripple",
      (options) => this.#api.ripple({ requestId, viewId }, options),
      "The other pictures could not be checked.",
      () => this.checkRipples(requestId),
    );
    if (result) this.#store.dispatch({ type: "rippled", result });
  }

  /** Saves statements `[{item, value, shownAt, answeredAt}]`; resolves with whether the server has them. */
  async saveStatements(answers) {
    if (answers.length === 0) return true;
    const saved = await this.#run(
      "statements",
      (options) => this.#api.answer({ answers }, options),
      "Your statements were not saved.",
      null,
    );
    if (!saved) return false;
    this.#store.dispatch({ type: "answered", answers: Object.fromEntries(answers.map(({ item, value }) => [item, value])) });
    return true;
  }

  /** Hands an answer in; the same object handed in again after a lost connection is the same attempt. */
  async judge(answer) {
    answer.requestId ??= this.#newId();
    const response = await this.#run(
      "outcome",
      (options) => this.#api.judge(answer, options),
      "Your answer was not judged.",
      null,
    );
    if (response) this.#store.dispatch({ type: "judged", response });
    return Boolean(response);
  }

  /** Goes on without solving; resolves with whether the server let us. */
  async leave() {
    const state = await this.#run(
      "leave",
      (options) => this.#api.leave({ answers: [] }, options),
      "The task is still open.",
      () => this.leave(),
    );
    return Boolean(state);
  }

  async inspect(latent) {
    if (latent !== null) await this.record("component.inspected", { latent });
    this.#store.dispatch({ type: "selected", latent });
  }

  async sort(sort) {
    await this.record("sort.changed", { sort });
    this.#store.dispatch({ type: "sorted", sort });
  }

  search(query) {
    this.#store.dispatch({ type: "searched", query });
  }

  async pin(latent, pinned) {
    await this.record("pin.set", { latent, pinned });
    this.#store.dispatch({ type: "pinned", latent, pinned });
  }

  /** Resolves when the event stands in the outbox, or cannot be written: recording never keeps anybody from working. */
  async record(type, payload) {
    try {
      await this.#recorder.record(type, payload);
    } catch {
      // The recorder has already gone on in memory once; what fails then is reported by the state of saving.
    }
  }

  /** Stops waiting for something; what the server answers later is not shown. */
  cancel(name) {
    this.#running.get(name)?.abort();
    this.#running.delete(name);
  }

  /**
   * Resolves with the answer; with nothing when it failed (then a notice says so), was cancelled or is under way already. `retry`
   * sends the same request again; `giveUp` is for those after which something has to be found out.
   */
  async #run(name, send, title, retry, giveUp = null) {
    if (this.#running.has(name)) return undefined;
    const controller = new AbortController();
    this.#running.set(name, controller);
    const { dispatch } = this.#store;
    const phases = [
      setTimeout(() => dispatch({ type: "busy", name, phase: "waiting" }), SHOW_WAITING_MILLIS),
      setTimeout(() => dispatch({ type: "busy", name, phase: "long" }), OFFER_CANCEL_MILLIS),
    ];
    try {
      const answer = await send({
        signal: controller.signal,
        onRetry: () => dispatch({ type: "busy", name, phase: "retrying" }),
      });
      dispatch({ type: "dismissed", id: name });
      return answer;
    } catch (error) {
      if (!controller.signal.aborted) this.#report(name, error, title, retry, giveUp);
      return undefined;
    } finally {
      phases.forEach(clearTimeout);
      if (!this.#running.has(name) || this.#running.get(name) === controller) {
        this.#running.delete(name);
        dispatch({ type: "idle", name });
      }
    }
  }

  #report(name, error, title, retry, giveUp = null) {
    this.#store.dispatch({ type: "noticed", notice: failureNotice(name, error, { title, retry, giveUp }) });
  }

  #recordShown(type, payload) {
    this.#painted(() => this.#recorder.record(type, payload));
  }
}
