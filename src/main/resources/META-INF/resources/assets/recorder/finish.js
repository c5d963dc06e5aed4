import { backOffMillis } from "./batches.js";

/** The server misses records that this browser no longer has; only a person can help now. */
export class FinishBlocked extends Error {
  constructor(message, missing) {
    super(message);
    this.missing = missing;
  }
}

/**
 * Ends a session: waits until the server has acknowledged every event, then declares how many there were per tab. The server
 * compares; if it misses some that are still in the outbox, they are sent again. Resolves with the state after the end.
 */
export async function finishSession({ recorder, post, onProgress = () => {}, backOff = backOffMillis, pause = sleep }) {
  recorder.onStatus(async () => onProgress(await recorder.counts()));
  for (let failures = 0, gaps = 0; ; ) {
    await recorder.drain();
    onProgress(await recorder.counts());
    const unsent = await recorder.unsent();
    if (unsent.length > 0) throw new FinishBlocked("The server refuses some records.", unsent.map(({ tabId }) => ({ tabId })));

    let response;
    try {
      response = await post({ tabs: await recorder.declaration() });
    } catch {
      response = { status: 503 };
    }
    if (response.status === 200) return response.json();
    if (response.status === 409) {
      const problem = await response.json();
      gaps += 1;
      // Another tab may have written between our last look and the declaration; what it wrote is in the same outbox.
      if (gaps < 3) {
        await pause(backOff(gaps));
        continue;
      }
      const missing = problem.missing ?? [];
      const gap = "The server misses some records that this browser no longer has.";
      throw new FinishBlocked(missing.length > 0 ? gap : (problem.detail ?? gap), missing);
    }
    if (response.status < 500) {
      const problem = await response.json();
      throw new FinishBlocked(problem.detail ?? `The server answered ${response.status}.`, []);
    }
    failures += 1;
    await pause(backOff(failures));
  }
}

function sleep(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
