import assert from "node:assert/strict";
import { test } from "node:test";
import { backOffMillis, firstBatch } from "../../main/resources/META-INF/resources/assets/recorder/batches.js";
import { uuidV7, uuidV7Source } from "../../main/resources/META-INF/resources/assets/recorder/ids.js";
import { claimTab } from "../../main/resources/META-INF/resources/assets/recorder/tab.js";
import { TabStorage } from "./event-server.js";

/** Exclusive Web Locks of one browser, as far as the standard is needed here: a queue per name, and requests that give up. */
class Locks {
  #held = new Map();

  request(name, { signal }, work) {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("gave up", "AbortError")));
      const tail = this.#held.get(name) ?? Promise.resolve();
      const turn = tail.then(() => (signal.aborted ? undefined : work()));
      this.#held.set(name, turn);
      turn.then(resolve);
    });
  }

  releaseAll() {
    this.#held.clear();
  }
}

/** `known`: the tabs that the outbox holds. */
function claim(storage, locks, known = []) {
  return claimTab({ sessionId: "s", storage, locks, Channel: undefined, newId: uuidV7, known, waitMillis: 30 });
}

test("a new tab gets a new id, a reload keeps it", async () => {
  const storage = new TabStorage();
  const locks = new Locks();
  const first = await claim(storage, locks);
  assert.equal(first.fresh, true);
  locks.releaseAll();
  assert.deepEqual(await claim(storage, locks, [first.tabId]), { tabId: first.tabId, fresh: false });
});

test("an id whose count the outbox has lost is not used again", async () => {
  const storage = new TabStorage();
  const locks = new Locks();
  const first = await claim(storage, locks);
  locks.releaseAll();
  const after = await claim(storage, locks, []);
  assert.equal(after.fresh, true);
  assert.notEqual(after.tabId, first.tabId);
});

test("a duplicated tab, which copies sessionStorage, gets an id of its own", async () => {
  const storage = new TabStorage();
  const locks = new Locks();
  const first = await claim(storage, locks);
  const duplicate = await claim(storage.copy(), locks, [first.tabId]);
  assert.equal(duplicate.fresh, true);
  assert.notEqual(duplicate.tabId, first.tabId);
});

test("without Web Locks a duplicated tab learns from the other one that the id is taken", async (t) => {
  const channels = [];
  t.after(() => channels.forEach((channel) => channel.close()));
  class Channel extends BroadcastChannel {
    constructor(name) {
      super(name);
      channels.push(this);
    }
  }
  const storage = new TabStorage();
  const ask = (from, known) => claimTab({ sessionId: "s2", storage: from, locks: undefined, Channel, newId: uuidV7, known, waitMillis: 150 });
  const first = await ask(storage, []);
  const duplicate = await ask(storage.copy(), [first.tabId]);
  assert.notEqual(duplicate.tabId, first.tabId);
});

test("without any storage a tab still gets an id", async () => {
  const { tabId } = await claimTab({ sessionId: "s", storage: null, locks: undefined, Channel: undefined, newId: uuidV7, known: [] });
  assert.match(tabId, /^[0-9a-f-]{36}$/);
});

test("ids are version 7, unique and sorted by creation even within one millisecond and when the clock jumps back", () => {
  let now = 1_700_000_000_000;
  const next = uuidV7Source(() => now);
  const ids = Array.from({ length: 10_000 }, (_, i) => {
    if (i === 5000) now -= 60_000;
    return next();
  });
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  ids.forEach((id) => assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
});

test("a batch stops at its limits but always holds one event", () => {
  const events = Array.from({ length: 5 }, (_, i) => ({ seq: i + 1, text: "é".repeat(100) }));
  assert.equal(firstBatch(events, 3).length, 3);
  assert.equal(firstBatch(events, 100, 500).length, 2, "bytes are counted, not characters");
  assert.equal(firstBatch(events, 100, 10).length, 1);
  assert.deepEqual(firstBatch([]), []);
});

test("waiting doubles up to a minute and is spread at random", () => {
  assert.equal(backOffMillis(1, () => 1), 1000);
  assert.equal(backOffMillis(4, () => 1), 8000);
  assert.equal(backOffMillis(50, () => 1), 60_000);
  assert.equal(backOffMillis(4, () => 0), 250);
});
