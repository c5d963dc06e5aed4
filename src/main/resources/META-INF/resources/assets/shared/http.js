import { backOffMillis } from "../recorder/batches.js";

/** Statuses after which the same request may succeed later. */
const TRANSIENT = new Set([408, 425, 429, 502, 503, 504]);

/** What a server said instead of an answer (RFC 9457). `status` is 0 when no server was reached. */
export class ProblemError extends Error {
  constructor(status, detail, members = {}) {
    super(detail);
    this.name = "ProblemError";
    this.status = status;
    this.detail = detail;
    this.members = members;
  }
}

/**
 * Posts JSON and resolves with the JSON answer. A lost connection and a server in trouble are tried again with the same body,
 * `tries` times in all; everything else rejects with a ProblemError at once, an aborted request with an AbortError.
 * `onRetry(problem)` is told of each failure that is followed by another try.
 */
export async function postJson(url, body, { signal, tries, onRetry, ...seams } = {}) {
  const text = JSON.stringify(body);
  return request(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: text }, { signal, tries, onRetry, ...seams });
}

/** Gets JSON; fails and tries again as postJson does. */
export async function getJson(url, { signal, tries, onRetry, ...seams } = {}) {
  return request(url, { method: "GET" }, { signal, tries, onRetry, ...seams });
}

async function request(url, options, { signal, tries = 5, onRetry = () => {}, fetch = globalThis.fetch, pause = pauseUntilOnline }) {
  const headers = { ...options.headers, Accept: "application/json" };
  for (let attempt = 1; ; attempt++) {
    const outcome = await once(() => fetch(url, { ...options, headers, credentials: "same-origin", signal }), signal);
    if (!(outcome instanceof ProblemError)) return outcome.answer;
    if (!worthAnotherTry(outcome.status) || attempt >= tries) throw outcome;
    onRetry(outcome);
    await pause(backOffMillis(attempt, Math.random, 1000, 15_000), signal);
  }
}

/** {answer}, or the problem; rejects only when the caller has given up. */
async function once(send, signal) {
  let response;
  try {
    response = await send();
    if (response.ok) return { answer: await response.json() };
  } catch (error) {
    if (signal?.aborted) throw error;
    return new ProblemError(0, "The connection was lost before the server answered.");
  }
  return problemOf(response);
}

async function problemOf(response) {
  const members = await response.json().catch(() => ({}));
  const detail = members?.detail ?? `The server answered with status ${response.status}.`;
  return new ProblemError(response.status, detail, members ?? {});
}

function worthAnotherTry(status) {
  return status === 0 || status === 500 || TRANSIENT.has(status);
}

/** Waits, but not longer than until the connection is back. */
function pauseUntilOnline(millis, signal) {
  return new Promise((resolve, reject) => {
    const over = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", over);
      signal?.removeEventListener("abort", over);
      if (signal?.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(over, millis);
    globalThis.addEventListener?.("online", over);
    signal?.addEventListener("abort", over);
    if (signal?.aborted) over();
  });
}
