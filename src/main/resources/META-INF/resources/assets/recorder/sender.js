import { backOffMillis, firstBatch, MAX_EVENTS } from "./batches.js";

/** Statuses after which the same request may succeed later. Everything else in 4xx is about the request itself. */
const TRANSIENT = new Set([408, 425, 429]);
/** The server no longer knows this browser: trying again helps only after the participant has opened the link again. */
const SIGNED_OUT = new Set([401, 403, 404, 410]);

/**
 * Empties outboxes towards the server: oldest tab first, one batch at a time, for ever. An event leaves its outbox only when a
 * response said that the server holds it. States: "saved", "saving", "offline", "signed-out".
 */
export class Sender {
  #url;
  #outboxes;
  #fetch;
  #backOff;
  #wallMillis;
  #listeners = new Set();
  #refused = new Set();
  #running = null;
  #again = false;
  #timer = null;
  #wake = null;
  #trouble = null;
  #onAcknowledged;
  #onRefusal;

  constructor({ url, outboxes, fetch, onAcknowledged = () => {}, onRefusal = () => {}, backOff = backOffMillis, wallMillis = () => Date.now() }) {
    this.#url = url;
    this.#outboxes = outboxes;
    this.#fetch = fetch;
    this.#onAcknowledged = onAcknowledged;
    this.#onRefusal = onRefusal;
    this.#backOff = backOff;
    this.#wallMillis = wallMillis;
  }

  /** Calls back now and at every change with {state, pending}. */
  onStatus(listener) {
    this.#listeners.add(listener);
    this.#announce();
  }

  async pending() {
    const tabs = (await Promise.all(this.#outboxes().map((outbox) => outbox.tabs()))).flat();
    return tabs.reduce((sum, tab) => sum + tab.pending, 0);
  }

  /** Something was written: send it soon, together with what follows within the next moments. */
  nudge(delayMillis = 800) {
    this.#announce();
    this.#again = this.#running !== null;
    if (this.#running || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.drain(), delayMillis);
  }

  /** Sends until nothing is left (refused events apart). Waits out failures, so it resolves only when that is true. */
  drain() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#wake?.();
    this.#running ??= this.#loop().finally(() => {
      this.#running = null;
      this.#announce();
      if (this.#again) this.nudge();
    });
    return this.#running;
  }

  async #loop() {
    let failures = 0;
    for (;;) {
      try {
        if (!(await this.#sendNext())) return;
        failures = 0;
        this.#trouble = null;
      } catch (error) {
        failures += 1;
        this.#trouble = error.signedOut ? "signed-out" : "offline";
        this.#announce();
        await this.#pause(this.#backOff(failures));
      }
      this.#announce();
    }
  }

  #pause(millis) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }).finally(() => (this.#wake = null));
  }

  /** One batch of the first tab that has something to send; false when none has. */
  async #sendNext() {
    for (const outbox of this.#outboxes()) {
      for (const { tabId, pending } of await outbox.tabs()) {
        if (pending === 0) continue;
        const waiting = await outbox.pending(tabId, MAX_EVENTS + this.#refused.size);
        const batch = firstBatch(waiting.filter((event) => !this.#refused.has(event.eventId)));
        if (batch.length === 0) continue;
        await this.#sendBatch(outbox, tabId, batch);
        return true;
      }
    }
    return false;
  }

  async #sendBatch(outbox, tabId, batch) {
    const response = await this.#post(tabId, batch, false);
    if (response.ok) {
      if ((await this.#acknowledge(outbox, tabId, batch, response)) === 0) throw new Error("The server acknowledged nothing.");
      return;
    }
    if (response.status >= 500 || TRANSIENT.has(response.status)) throw new Error(`HTTP ${response.status}`);
    if (SIGNED_OUT.has(response.status)) throw Object.assign(new Error(`HTTP ${response.status}`), { signedOut: true });
    // The server will never take this batch as it is. Find the event at fault, keep it for the download, go on with the others.
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      await this.#sendBatch(outbox, tabId, batch.slice(0, middle));
      await this.#sendBatch(outbox, tabId, batch.slice(middle));
      return;
    }
    this.#refused.add(batch[0].eventId);
    this.#onRefusal(batch[0], response.status);
  }

  /**
   * Last words of a page that is being hidden or closed: the same events under the same ids, in requests that outlive the page.
   * They stay in the outbox unless the answer still finds us here. Browsers allow 64 KB of such requests in flight.
   */
  lastWords(outbox, tabId, events) {
    const batch = firstBatch(events);
    if (batch.length === 0) return;
    this.#post(tabId, batch, true)
      .then(async (response) => {
        if (response.ok) await this.#acknowledge(outbox, tabId, batch, response);
        this.#announce();
      })
      .catch(() => {});
  }

  /** Takes out of the outbox what the server says it holds, and says how many events that were. */
  async #acknowledge(outbox, tabId, batch, response) {
    const { acceptedUpTo, missing = [] } = await response.json();
    const held = batch.filter((event) => isHeld(event.seq, acceptedUpTo, missing)).map((event) => event.eventId);
    await outbox.remove(tabId, held);
    this.#onAcknowledged(held);
    return held.length;
  }

  #post(tabId, events, keepalive) {
    return this.#fetch(this.#url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ tabId, sentAt: this.#wallMillis(), events }),
      keepalive,
    });
  }

  /** Refused events get another chance, for example after the server has been repaired. */
  retryRefused() {
    this.#refused.clear();
  }

  async #announce() {
    // An outbox that cannot be read says nothing; the loop counts that as a failure and shows it at its next try.
    const pending = await this.pending().catch(() => null);
    if (pending === null) return;
    const state = pending === 0 ? "saved" : (this.#trouble ?? "saving");
    this.#listeners.forEach((listener) => listener({ state, pending }));
  }
}

/** Whether the server's answer covers this sequence number: below the gapless part, or above it but in none of the gaps. */
function isHeld(seq, acceptedUpTo, missing) {
  return seq <= acceptedUpTo || !missing.some(([from, to]) => seq >= from && seq <= to);
}
