import assert from "node:assert/strict";
import { test } from "node:test";
import { finishSession, FinishBlocked } from "../../main/resources/META-INF/resources/assets/recorder/finish.js";
import { uuidV7 } from "../../main/resources/META-INF/resources/assets/recorder/ids.js";
import { MemoryStore } from "../../main/resources/META-INF/resources/assets/recorder/memory-store.js";
import { Recorder } from "../../main/resources/META-INF/resources/assets/recorder/recorder.js";
import { EventServer, TabStorage } from "./event-server.js";

const clock = { wallMillis: () => 1_700_000_000_000, monoMillis: () => 12.3456 };

function recorderOn(server, { outbox = new MemoryStore("s"), tabId = uuidV7() } = {}) {
  return new Recorder({ outbox, tabId, url: "/events", fetch: server.fetch, newId: uuidV7, clock, backOff: () => 0 });
}

/** An outbox on a disk that runs full, or that the browser takes away. */
class Disk {
  #store = new MemoryStore("s");
  full = false;
  closed = false;

  async #open() {
    if (this.closed) throw new DOMException("The database connection is closing.", "InvalidStateError");
    return this.#store;
  }

  async append(tabId, draft) {
    if (this.full) throw new DOMException("No room is left.", "QuotaExceededError");
    return (await this.#open()).append(tabId, draft);
  }

  async pending(tabId, limit) {
    return (await this.#open()).pending(tabId, limit);
  }

  async remove(tabId, eventIds) {
    return (await this.#open()).remove(tabId, eventIds);
  }

  async tabs() {
    return (await this.#open()).tabs();
  }
}

async function record(recorder, count, payload = {}) {
  for (let i = 0; i < count; i++) await recorder.record("slider.moved", payload);
}

test("events carry numbers from 1 without gaps, in the order of the calls", async () => {
  const recorder = recorderOn(new EventServer());
  const events = await Promise.all(["a", "b", "c"].map((type) => recorder.record(type)));
  assert.deepEqual(events.map((e) => [e.type, e.seq]), [["a", 1], ["b", 2], ["c", 3]]);
});

test("an event stands in the outbox before record resolves, and leaves it only after the acknowledgement", async () => {
  const server = new EventServer();
  const outbox = new MemoryStore("s");
  const recorder = recorderOn(server, { outbox });
  const event = await recorder.record("page.visible");
  assert.deepEqual(await outbox.pending(recorder.tabId, 10), [event]);
  await recorder.drain();
  assert.equal(server.stored, 1);
  assert.deepEqual(await outbox.pending(recorder.tabId, 10), []);
});

test("with every third answer lost and every fourth request dropped each event arrives exactly once", async () => {
  const server = new EventServer();
  server.weather = (n) => (n % 3 === 0 ? "lose" : n % 4 === 0 ? "drop" : n % 5 === 0 ? 503 : "fine");
  const recorder = recorderOn(server);
  await record(recorder, 1234);
  await recorder.drain();
  assert.equal(server.stored, 1234);
  assert.equal(server.gaplessUpTo(recorder.tabId), 1234);
  assert.deepEqual(await recorder.counts(), { total: 1234, saved: 1234 });
});

test("a reload goes on with the same tab's numbers and drains what the old page left behind", async () => {
  const server = new EventServer();
  const storage = new TabStorage();
  const tabId = uuidV7();
  server.weather = () => "drop";
  const before = recorderOn(server, { outbox: new MemoryStore("s", storage), tabId });
  await record(before, 5);
  before.sendLastWords();

  server.weather = () => "fine";
  const after = recorderOn(server, { outbox: new MemoryStore("s", storage), tabId });
  const next = await after.record("session.resumed");
  assert.equal(next.seq, 6);
  await after.drain();
  assert.equal(server.gaplessUpTo(tabId), 6);
});

test("the outboxes of earlier tabs are drained too", async () => {
  const server = new EventServer();
  const outbox = new MemoryStore("s");
  const old = uuidV7();
  await outbox.append(old, { eventId: uuidV7(), type: "page.hidden" });
  const recorder = recorderOn(server, { outbox });
  await record(recorder, 2);
  await recorder.drain();
  assert.equal(server.gaplessUpTo(old), 1);
  assert.equal(server.gaplessUpTo(recorder.tabId), 2);
});

test("last words repeat the waiting events under the same ids in a request that outlives the page", async () => {
  const server = new EventServer();
  const recorder = recorderOn(server);
  await record(recorder, 3);
  recorder.sendLastWords();
  recorder.sendLastWords();
  await recorder.drain();
  assert.equal(server.stored, 3);
  assert.equal(server.requests[0].keepalive, true);
});

test("no request exceeds 48 KB or 100 events", async () => {
  const server = new EventServer();
  const recorder = recorderOn(server);
  await record(recorder, 300, { note: "x".repeat(900) });
  await recorder.drain();
  assert.equal(server.stored, 300);
  server.requests.forEach(({ size }) => assert.ok(size < 49 * 1024, `${size} bytes`));
});

test("an event that the server refuses is kept aside and does not hold up the others", async () => {
  const server = new EventServer();
  server.refuses = (event) => event.type === "odd";
  const recorder = recorderOn(server);
  await record(recorder, 4);
  await recorder.record("odd");
  await record(recorder, 4);
  await recorder.drain();
  await recorder.drain();
  assert.equal(server.stored, 9, "eight events and the note about the refusal");
  const [{ events }] = await recorder.unsent();
  assert.deepEqual(events.map((e) => e.type), ["odd"]);
});

test("when the outbox fails, a new tab id in memory takes over and nothing is lost", async () => {
  const server = new EventServer();
  const outbox = new Disk();
  const recorder = recorderOn(server, { outbox });
  await record(recorder, 2);
  const first = recorder.tabId;
  outbox.full = true;
  const event = await recorder.record("page.blur");
  assert.equal(event.seq, 1);
  assert.notEqual(recorder.tabId, first);
  await recorder.drain();
  assert.equal(server.gaplessUpTo(first), 2);
  assert.equal(server.gaplessUpTo(recorder.tabId), 2, "the event and the note about the outbox");
});

test("when the outbox cannot even be read any more, what this page has written is still sent, each under its own tab", async () => {
  const server = new EventServer();
  server.weather = () => "drop";
  const outbox = new Disk();
  const recorder = recorderOn(server, { outbox });
  await record(recorder, 3);
  const first = recorder.tabId;
  outbox.closed = true;
  await recorder.record("page.blur");
  server.weather = () => "fine";
  recorder.sendLastWords();
  await recorder.drain();
  assert.equal(server.gaplessUpTo(first), 3);
  assert.equal(server.gaplessUpTo(recorder.tabId), 2);
  assert.deepEqual(
    (await recorder.declaration()).sort((a, b) => a.lastSeq - b.lastSeq),
    [
      { tabId: recorder.tabId, lastSeq: 2 },
      { tabId: first, lastSeq: 3 },
    ],
  );
});

test("a refused event gets another chance when somebody asks for it", async () => {
  const server = new EventServer();
  server.refuses = (event) => event.type === "odd";
  const recorder = recorderOn(server);
  await recorder.record("odd");
  await recorder.drain();
  assert.equal((await recorder.unsent()).length, 1);
  server.refuses = () => false;
  recorder.retryRefused();
  await recorder.drain();
  assert.deepEqual(await recorder.unsent(), []);
  assert.ok([...server.bodies.values()].some((body) => JSON.parse(body).type === "odd"));
});

test("status goes from saving over offline to saved", async () => {
  const server = new EventServer();
  server.weather = (n) => (n === 1 ? "drop" : "fine");
  const recorder = recorderOn(server);
  const states = [];
  recorder.onStatus(({ state, pending }) => states.push(`${state} ${pending}`));
  await record(recorder, 2);
  await recorder.drain();
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(states.includes("saving 2"));
  assert.ok(states.includes("offline 2"));
  assert.equal(states.at(-1), "saved 0");
});

test("finish waits for every acknowledgement and declares every tab", async () => {
  const server = new EventServer();
  server.weather = (n) => (n < 4 ? "lose" : "fine");
  const outbox = new MemoryStore("s");
  const old = uuidV7();
  await outbox.append(old, { eventId: uuidV7(), type: "page.hidden" });
  const recorder = recorderOn(server, { outbox });
  await record(recorder, 250);
  const progress = [];
  let declared;
  const post = (body) => {
    declared = body;
    return server.finish(body);
  };
  const state = await finishSession({ recorder, post, onProgress: (p) => progress.push(p), backOff: () => 0 });
  assert.equal(state.state, "complete");
  assert.deepEqual(declared.tabs.map((t) => t.lastSeq).sort(), [1, 250].sort());
  assert.deepEqual(progress.at(-1), { total: 251, saved: 251 });
  assert.equal(server.stored, 251);
});

test("finish says so when the server misses what this browser no longer has", async () => {
  const server = new EventServer();
  const recorder = recorderOn(server);
  await record(recorder, 3);
  await recorder.drain();
  server.tabs.get(recorder.tabId).delete(2);
  await assert.rejects(finishSession({ recorder, post: server.finish, backOff: () => 0 }), (error) => {
    assert.ok(error instanceof FinishBlocked);
    assert.equal(error.missing[0].tabId, recorder.tabId);
    return true;
  });
});

test("a closed recorder writes nothing", async () => {
  const recorder = recorderOn(new EventServer());
  recorder.close();
  assert.equal(await recorder.record("page.blur"), null);
  assert.deepEqual(await recorder.counts(), { total: 0, saved: 0 });
});
