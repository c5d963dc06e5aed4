const DATABASE = "steerstudy-outbox";
const EVENTS = "events"; // key [sessionId, tabId, seq]
const TABS = "tabs"; // key [sessionId, tabId]; holds lastSeq, and stays when the events have been acknowledged

/** The outbox in IndexedDB: it outlives reloads, crashes and the tab itself. The interface is described in memory-store.js. */
export class IndexedStore {
  #database;
  #sessionId;

  constructor(database, sessionId) {
    this.#database = database;
    this.#sessionId = sessionId;
  }

  static async open(factory, sessionId) {
    const request = factory.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(EVENTS, { keyPath: ["sessionId", "tabId", "seq"] });
      request.result.createObjectStore(TABS, { keyPath: ["sessionId", "tabId"] });
    };
    return new IndexedStore(await settled(request), sessionId);
  }

  append(tabId, draft) {
    return this.#transaction("readwrite", async (events, tabs) => {
      const key = { sessionId: this.#sessionId, tabId };
      const lastSeq = (await settled(tabs.get([this.#sessionId, tabId])))?.lastSeq ?? 0;
      const event = { ...draft, seq: lastSeq + 1 };
      tabs.put({ ...key, lastSeq: event.seq });
      events.put({ ...key, seq: event.seq, event });
      return event;
    });
  }

  pending(tabId, limit) {
    return this.#transaction("readonly", async (events) => {
      const rows = await settled(events.getAll(this.#eventsOf(tabId), limit));
      return rows.map((row) => row.event);
    });
  }

  remove(tabId, eventIds) {
    const gone = new Set(eventIds);
    return this.#transaction("readwrite", async (events) => {
      const rows = await settled(events.getAll(this.#eventsOf(tabId)));
      rows.filter((row) => gone.has(row.event.eventId)).forEach((row) => events.delete([row.sessionId, row.tabId, row.seq]));
    });
  }

  tabs() {
    return this.#transaction("readonly", async (events, tabs) => {
      const all = IDBKeyRange.bound([this.#sessionId], [this.#sessionId, []]);
      const rows = await settled(tabs.getAll(all));
      const counts = await Promise.all(rows.map((row) => settled(events.count(this.#eventsOf(row.tabId)))));
      return rows.map((row, i) => ({ tabId: row.tabId, lastSeq: row.lastSeq, pending: counts[i] }));
    });
  }

  #eventsOf(tabId) {
    return IDBKeyRange.bound([this.#sessionId, tabId], [this.#sessionId, tabId, []]);
  }

  /** Resolves when the transaction has been committed, not when the last request has been answered. */
  #transaction(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction([EVENTS, TABS], mode);
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error ?? new Error("The outbox could not be written."));
      work(transaction.objectStore(EVENTS), transaction.objectStore(TABS)).then(
        (value) => (result = value),
        (error) => {
          reject(error);
          if (transaction.error === null) transaction.abort();
        },
      );
    });
  }
}

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("Another version of this page keeps the outbox open."));
  });
}
