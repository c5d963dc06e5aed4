import { MemoryStore } from "./memory-store.js";
import { Sender } from "./sender.js";

/**
 * Writes what happens in this tab into the outbox and lets the sender empty it. `record` resolves when the event is stored, so a
 * caller that awaits it reacts only to what can no longer be lost.
 */
export class Recorder {
  #outboxes;
  #tabId;
  #newId;
  #clock;
  #stepId = null;
  #unacknowledged = new Map();
  #sender;
  #queue = Promise.resolve();
  #closed = false;

  constructor({ outbox, tabId, url, fetch, newId, clock, backOff }) {
    this.#outboxes = [outbox];
    this.#tabId = tabId;
    this.#newId = newId;
    this.#clock = clock;
    this.#sender = new Sender({
      url,
      outboxes: () => this.#outboxes,
      fetch,
      backOff,
      wallMillis: clock.wallMillis,
      onAcknowledged: (eventIds) => eventIds.forEach((id) => this.#unacknowledged.delete(id)),
      onRefusal: (event, status) =>
        this.record("client.error", { message: `event refused with ${status}`, eventId: event.eventId, eventType: event.type }),
    });
  }

  set stepId(stepId) {
    this.#stepId = stepId;
  }

  get tabId() {
    return this.#tabId;
  }

  onStatus(listener) {
    this.#sender.onStatus(listener);
  }

  /** Times are taken now; writing is done in order, so that the sequence of numbers is the sequence of calls. */
  record(type, payload = {}, stepId = this.#stepId) {
    if (this.#closed) return Promise.resolve(null);
    const draft = {
      eventId: this.#newId(),
      type,
      stepId,
      clientTime: this.#clock.wallMillis(),
      monoMs: Math.round(this.#clock.monoMillis() * 1000) / 1000,
      payload,
    };
    const written = this.#queue.then(() => this.#append(draft));
    this.#queue = written.catch(() => {});
    return written;
  }

  async #append(draft) {
    const outbox = this.#outboxes[0];
    let event;
    try {
      event = await outbox.append(this.#tabId, draft);
    } catch (error) {
      if (outbox instanceof MemoryStore) throw error;
      await this.#goOnInMemory(outbox);
      event = await this.#outboxes[0].append(this.#tabId, draft);
      this.record("client.error", { message: `outbox failed: ${error?.name ?? error}` });
    }
    this.#unacknowledged.set(event.eventId, event);
    this.#sender.nudge();
    return event;
  }

  /**
   * The disk is full, or the browser has closed the database. A new tab id leaves the old count untouched; a store that can still be
   * read is still emptied, of one that cannot this page knows its own events.
   */
  async #goOnInMemory(broken) {
    const memory = new MemoryStore(this.#newId());
    const readable = await broken.tabs().then(
      () => true,
      () => false,
    );
    if (!readable) memory.adopt(this.#tabId, [...this.#unacknowledged.values()]);
    this.#outboxes = readable ? [memory, broken] : [memory];
    this.#unacknowledged.clear();
    this.#tabId = this.#newId();
  }

  /** Sends everything that waits, of this tab and of earlier ones; waits out failures. */
  async drain() {
    await this.#queue;
    await this.#sender.drain();
  }

  retryRefused() {
    this.#sender.retryRefused();
  }

  /** For the moment at which the page is hidden or closed; must not wait for anything. */
  sendLastWords() {
    this.#sender.lastWords(this.#outboxes[0], this.#tabId, [...this.#unacknowledged.values()]);
  }

  /** What the participant's browser has sent in all: every tab of this session that ever wrote into this browser's outbox. */
  async declaration() {
    await this.#queue;
    const tabs = (await Promise.all(this.#outboxes.map((outbox) => outbox.tabs()))).flat();
    return tabs.map(({ tabId, lastSeq }) => ({ tabId, lastSeq }));
  }

  async counts() {
    const tabs = (await Promise.all(this.#outboxes.map((outbox) => outbox.tabs()))).flat();
    const total = tabs.reduce((sum, tab) => sum + tab.lastSeq, 0);
    return { total, saved: total - tabs.reduce((sum, tab) => sum + tab.pending, 0) };
  }

  /** Everything not yet acknowledged, in the form in which it would be sent: for the download of last resort. */
  async unsent() {
    const batches = [];
    for (const outbox of this.#outboxes) {
      for (const { tabId, pending } of await outbox.tabs()) {
        if (pending > 0) batches.push({ tabId, events: await outbox.pending(tabId, pending) });
      }
    }
    return batches;
  }

  /** After the session is complete nothing more belongs to it. */
  close() {
    this.#closed = true;
  }
}
