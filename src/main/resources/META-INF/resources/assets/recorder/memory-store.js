/**
 * The outbox in memory, for browsers that give no IndexedDB (some private modes). With a Storage (sessionStorage) it writes a
 * copy of itself after every change, so that a reload keeps both the events and the counters.
 *
 * Every store offers the same four methods:
 *   append(tabId, draft) -> event      gives the next sequence number of that tab and keeps the event, both or neither
 *   pending(tabId, limit) -> [event]   oldest first
 *   remove(tabId, eventIds)            after the server has acknowledged them
 *   tabs() -> [{tabId, lastSeq, pending}]
 */
export class MemoryStore {
  #tabs = new Map();
  #storage;
  #key;

  constructor(sessionId, storage = null) {
    this.#key = `steerstudy-outbox-${sessionId}`;
    this.#storage = storage;
    const copy = storage?.getItem(this.#key);
    for (const [tabId, lastSeq, events] of copy ? JSON.parse(copy) : []) {
      this.#tabs.set(tabId, { lastSeq, events: new Map(events.map((e) => [e.eventId, e])) });
    }
  }

  /** Takes over a tab's waiting events from a store that can no longer be read. */
  adopt(tabId, events) {
    if (events.length === 0) return;
    this.#tabs.set(tabId, { lastSeq: events.at(-1).seq, events: new Map(events.map((e) => [e.eventId, e])) });
    this.#save();
  }

  async append(tabId, draft) {
    const tab = this.#tabs.get(tabId) ?? { lastSeq: 0, events: new Map() };
    const event = { ...draft, seq: tab.lastSeq + 1 };
    tab.lastSeq = event.seq;
    tab.events.set(event.eventId, event);
    this.#tabs.set(tabId, tab);
    this.#save();
    return event;
  }

  async pending(tabId, limit) {
    return [...(this.#tabs.get(tabId)?.events.values() ?? [])].slice(0, limit);
  }

  async remove(tabId, eventIds) {
    const tab = this.#tabs.get(tabId);
    eventIds.forEach((id) => tab?.events.delete(id));
    this.#save();
  }

  async tabs() {
    return [...this.#tabs].map(([tabId, tab]) => ({ tabId, lastSeq: tab.lastSeq, pending: tab.events.size }));
  }

  #save() {
    if (!this.#storage) return;
    const copy = [...this.#tabs].map(([tabId, tab]) => [tabId, tab.lastSeq, [...tab.events.values()]]);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(copy));
    } catch {
      // The storage is full: what it holds would be stale after a reload, so from here on only memory counts.
      this.#storage.removeItem(this.#key);
      this.#storage = null;
    }
  }
}
