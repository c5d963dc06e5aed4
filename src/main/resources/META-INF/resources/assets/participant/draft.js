/**
 * Answers that have not been sent yet, kept for this tab only: they survive a reload and are gone with the tab. Where the browser
 * gives no storage the form works without.
 */
export class Draft {
  #storage;
  #key;

  constructor(storage, sessionId, stepId) {
    this.#storage = storage;
    this.#key = `steerstudy-draft-${sessionId}-${stepId}`;
  }

  /** [{item, value, shownAt, answeredAt}], empty when there is none. */
  read() {
    try {
      const text = this.#storage?.getItem(this.#key);
      return text ? JSON.parse(text) : [];
    } catch {
      return [];
    }
  }

  write(answers) {
    try {
      this.#storage?.setItem(this.#key, JSON.stringify(answers));
    } catch {
      // Full or forbidden: the answers stand in the form, only a reload would lose them.
    }
  }

  clear() {
    try {
      this.#storage?.removeItem(this.#key);
    } catch {
      // Nothing was written then either.
    }
  }
}

/** This tab's storage, or null where the browser forbids it. */
export function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
