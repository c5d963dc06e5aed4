import { FinishBlocked, finishSession } from "../recorder/finish.js";
import { startRecorder } from "../recorder/start.js";
import { showSaving } from "../shared/saving.js";
import { download } from "./download.js";
import { endingWords, unsentFile } from "./ending.js";
import { readState } from "./state.js";

const part = (name) => document.getElementById(name ? `ending-${name}` : "ending");

/** The last page: waits until the server holds everything, ends the session and says so. */
class Ending {
  #state;
  #recorder = null;
  #now = { phase: "saving", connection: "saving", saved: 0, total: 0 };
  #missing = [];

  constructor(state) {
    this.#state = state;
    document.getElementById("retry").addEventListener("click", () => {
      this.#recorder.retryRefused();
      this.#finish();
    });
    document.getElementById("download").addEventListener("click", () => this.#download());
  }

  async run() {
    if (this.#state.state === "complete") this.#show({ phase: "complete" });
    this.#recorder = await startRecorder(this.#state);
    showSaving(this.#recorder);
    if (this.#state.state === "complete") return;
    this.#recorder.onStatus(({ state }) => this.#show({ connection: state }));
    await this.#finish();
  }

  async #finish() {
    this.#show({ phase: "saving" });
    try {
      await finishSession({ recorder: this.#recorder, post: (body) => this.#post(body), onProgress: (counts) => this.#show(counts) });
      this.#recorder.close();
      this.#show({ phase: "complete" });
    } catch (error) {
      if (!(error instanceof FinishBlocked)) throw error;
      this.#missing = error.missing;
      this.#show({ phase: "blocked", reason: error.message });
    }
  }

  async #post(body) {
    try {
      const response = await fetch(`/api/sessions/${this.#state.sessionId}/finish`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        credentials: "same-origin",
        body: JSON.stringify(body),
      });
      this.#show({ connection: response.status >= 500 ? "offline" : "saving" });
      return response;
    } catch (error) {
      this.#show({ connection: "offline" });
      throw error;
    }
  }

  #show(change) {
    if (this.#now.phase === "complete") return;
    this.#now = { ...this.#now, ...change };
    const { tone, title, detail } = endingWords(this.#now);
    const bar = part("bar");
    part().dataset.state = tone;
    // Counting is for the eye; only the changes that matter are read aloud.
    part().setAttribute("aria-live", tone === "saving" ? "off" : "polite");
    part("title").textContent = title;
    part("detail").textContent = detail;
    bar.hidden = tone === "complete" || tone === "blocked";
    bar.max = Math.max(1, this.#now.total);
    bar.value = this.#now.saved;
    document.getElementById("retry").hidden = tone !== "blocked";
    part("actions").hidden = tone === "complete" || tone === "saving";
  }

  async #download() {
    const unsent = await this.#recorder.unsent();
    const text = unsentFile({ state: this.#state, missing: this.#missing, unsent, savedAt: new Date() });
    download(`unsent-${this.#state.study.slug}-${this.#state.pseudonym}.json`, "application/json", text);
  }
}

new Ending(readState()).run();
