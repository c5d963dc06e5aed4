import { uuidV7 } from "./ids.js";
import { IndexedStore } from "./indexed-store.js";
import { MemoryStore } from "./memory-store.js";
import { Recorder } from "./recorder.js";
import { claimTab } from "./tab.js";

/** Builds the recorder from what this browser offers, writes the first events of the page and listens to the page's life. */
export async function startRecorder(state) {
  const outbox = await openOutbox(state.sessionId);
  const known = (await outbox.tabs()).map((tab) => tab.tabId);
  const { tabId, fresh } = await claimTab({
    sessionId: state.sessionId,
    storage: tabStorage(),
    locks: navigator.locks,
    Channel: globalThis.BroadcastChannel,
    newId: uuidV7,
    known,
  });
  const recorder = new Recorder({
    outbox,
    tabId,
    url: `/api/sessions/${state.sessionId}/events`,
    fetch: (url, options) => fetch(url, options),
    newId: uuidV7,
    clock: { wallMillis: () => Date.now(), monoMillis: () => performance.now() },
  });
  recorder.stepId = state.step.id;
  if (state.state === "complete") {
    recorder.close();
    recorder.drain();
    return recorder;
  }
  const about = { timeOrigin: performance.timeOrigin, width: innerWidth, height: innerHeight, pixelRatio: devicePixelRatio };
  if (fresh && known.length === 0 && state.position === 1) recorder.record("session.opened", about);
  else if (!steppedOn(state.sessionId)) recorder.record("session.resumed", { ...about, newTab: fresh });
  await recorder.record("step.shown", { stepId: state.step.id, timeOrigin: performance.timeOrigin });
  followThePage(recorder);
  recorder.drain();
  return recorder;
}

/** Some browsers neither open their database nor say that they cannot; the page must not wait for ever. */
const OPENING_MILLIS = 3000;

async function openOutbox(sessionId) {
  try {
    const tooLong = new Promise((_, reject) => setTimeout(() => reject(new Error("The outbox did not open.")), OPENING_MILLIS));
    return await Promise.race([IndexedStore.open(indexedDB, sessionId), tooLong]);
  } catch {
    return new MemoryStore(sessionId, tabStorage());
  }
}

function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

const STEPPED_ON = "steerstudy-stepped-on";

/** Marks that the next page load is the next step of the same visit and no return to the session. */
export function goToCurrentStep(sessionId) {
  tabStorage()?.setItem(STEPPED_ON, sessionId);
  location.assign(`/sessions/${sessionId}`);
}

function steppedOn(sessionId) {
  const mark = tabStorage()?.getItem(STEPPED_ON) ?? null;
  tabStorage()?.removeItem(STEPPED_ON);
  return mark === sessionId;
}

function followThePage(recorder) {
  document.addEventListener("visibilitychange", () => {
    const hidden = document.visibilityState === "hidden";
    const written = recorder.record(hidden ? "page.hidden" : "page.visible");
    if (!hidden) return;
    recorder.sendLastWords();
    written.then(() => recorder.sendLastWords());
  });
  window.addEventListener("pagehide", () => recorder.sendLastWords());
  // A page from the back-forward cache shows a step that may be over.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  window.addEventListener("focus", () => recorder.record("page.focus"));
  window.addEventListener("blur", () => recorder.record("page.blur"));
  window.addEventListener("online", () => recorder.drain());
  window.addEventListener("error", (event) => recorder.record("client.error", aboutError(event.error ?? event)));
  window.addEventListener("unhandledrejection", (event) => recorder.record("client.error", aboutError(event.reason)));
}

function aboutError(error) {
  const text = (value, length) => String(value ?? "").slice(0, length);
  return { name: text(error?.name, 80), message: text(error?.message ?? error, 500), stack: text(error?.stack, 1500) };
}
