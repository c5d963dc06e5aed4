/** The server's side of the event contract, as a function in place of `fetch`: idempotent by event id, answers with gaps. */
export class EventServer {
  tabs = new Map();
  bodies = new Map();
  requests = [];
  stored = 0;
  /** Called with the request's number (from 1); "drop" loses the request, "lose" the answer after storing, a number is a status. */
  weather = () => "fine";
  refuses = () => false;

  fetch = async (url, { body, keepalive }) => {
    this.requests.push({ url, keepalive, size: body.length });
    const weather = this.weather(this.requests.length);
    if (weather === "drop") throw new TypeError("Failed to fetch");
    if (typeof weather === "number") return answer(weather, {});
    const { tabId, events } = JSON.parse(body);
    if (events.some(this.refuses)) return answer(400, {});
    const seqs = this.tabs.get(tabId) ?? new Set();
    this.tabs.set(tabId, seqs);
    for (const event of events) {
      const text = JSON.stringify(event);
      const earlier = this.bodies.get(event.eventId);
      if (earlier === undefined) {
        if (seqs.has(event.seq)) throw new Error(`two events with number ${event.seq} in tab ${tabId}`);
        this.bodies.set(event.eventId, text);
        seqs.add(event.seq);
        this.stored += 1;
      } else if (earlier !== text) {
        throw new Error(`event ${event.eventId} came back with another body`);
      }
    }
    if (weather === "lose") throw new TypeError("Failed to fetch");
    return answer(200, { acceptedUpTo: this.gaplessUpTo(tabId), missing: this.gaps(tabId) });
  };

  finish = async ({ tabs }) => {
    const missing = tabs.filter(({ tabId, lastSeq }) => lastSeq > 0 && this.gaplessUpTo(tabId) < lastSeq).map(({ tabId }) => ({ tabId, ranges: [] }));
    return missing.length > 0 ? answer(409, { detail: "records are missing", missing }) : answer(200, { state: "complete" });
  };

  gaplessUpTo(tabId) {
    let seq = 0;
    while (this.tabs.get(tabId)?.has(seq + 1)) seq += 1;
    return seq;
  }

  gaps(tabId) {
    const seqs = this.tabs.get(tabId);
    const gaps = [];
    for (let seq = 1; seq <= Math.max(0, ...seqs); seq++) {
      if (seqs.has(seq)) continue;
      if (gaps.at(-1)?.[1] === seq - 1) gaps.at(-1)[1] = seq;
      else gaps.push([seq, seq]);
    }
    return gaps;
  }
}

function answer(status, body) {
  return { status, ok: status >= 200 && status < 300, json: async () => body };
}

/** sessionStorage as the standard describes it, for one imagined tab. `copy` is what "Duplicate tab" does. */
export class TabStorage {
  #items;

  constructor(items = []) {
    this.#items = new Map(items);
  }

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    this.#items.set(key, String(value));
  }

  removeItem(key) {
    this.#items.delete(key);
  }

  copy() {
    return new TabStorage(this.#items);
  }
}
