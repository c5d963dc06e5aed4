export const MAX_EVENTS = 100;
export const MAX_BYTES = 48 * 1024;

const encoder = new TextEncoder();

/** The longest run of events from the front that fits into one request; a single event is never held back for its size. */
export function firstBatch(events, maxEvents = MAX_EVENTS, maxBytes = MAX_BYTES) {
  const batch = [];
  let bytes = 0;
  for (const event of events) {
    const size = encoder.encode(JSON.stringify(event)).length + 1;
    if (batch.length > 0 && (batch.length === maxEvents || bytes + size > maxBytes)) break;
    batch.push(event);
    bytes += size;
  }
  return batch;
}

/** How long to wait before the n-th try (from 1): doubles up to a minute, "full jitter" so that tabs do not retry in step. */
export function backOffMillis(attempt, random = Math.random, base = 1000, cap = 60_000) {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempt - 1, 16));
  return Math.round(base / 4 + random() * (ceiling - base / 4));
}
