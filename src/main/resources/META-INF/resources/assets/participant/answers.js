const NEEDED = "An answer is needed here.";
const AGREEMENT_NEEDED = "This has to be agreed to before the study can begin.";

/** Typed text as a number: comma or point; null when nothing stands there, NaN when it is no number. */
export function parseNumber(text) {
  const trimmed = text.trim().replace(/\s/g, "").replace(",", ".").replace(/^[−–]/, "-");
  if (trimmed === "") return null;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Text as an answer: null when there is nothing but white space. */
export function parseText(text) {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

/**
 * What keeps these values from being sent, item by item: [{item, message}], in the order of the items. The server checks again;
 * this only spares a round trip, so it names nothing that the server would accept.
 */
export function complaints(items, valueOf) {
  return items
    .map((item) => ({ item: item.id, message: complaint(item, valueOf(item.id)) }))
    .filter(({ message }) => message !== null);
}

function complaint(item, value) {
  if (item.type === "consent") return item.required && value !== true ? AGREEMENT_NEEDED : null;
  if (value === null || (item.required && Array.isArray(value) && value.length === 0)) return item.required ? NEEDED : null;
  if (item.type === "number") return numberComplaint(item, value);
  return null;
}

function numberComplaint({ min, max }, value) {
  const low = min ?? null;
  const high = max ?? null;
  if (!Number.isNaN(value) && (low === null || value >= low) && (high === null || value <= high)) return null;
  if (low !== null && high !== null) return `Give a number from ${low} to ${high}.`;
  if (low !== null) return `Give a number of at least ${low}.`;
  if (high !== null) return `Give a number of at most ${high}.`;
  return "Give a number, such as 3 or 2.5.";
}

/** What an event may tell of an answer. Free text is sent once, with the form; before that only its length is recorded. */
export function aboutAnswer(item, value) {
  return typeof value === "string" && item.type.endsWith("-text") ? { item: item.id, characters: value.length } : { item: item.id, value };
}

/**
 * What has been answered so far and when. `shownAt` is kept from the first time, `answeredAt` from the last change of the value,
 * so that sending the same answers twice sends the same request.
 */
export class AnswerSheet {
  #answers;
  #now;

  constructor(items, { now = () => Date.now(), draft = [] } = {}) {
    this.#now = now;
    const earlier = new Map(draft.map((answer) => [answer.item, answer]));
    const blank = (item) => ({ item, value: null, shownAt: null, answeredAt: null });
    this.#answers = new Map(items.map(({ id }) => [id, { ...blank(id), ...earlier.get(id) }]));
  }

  shown(item) {
    const answer = this.#answers.get(item);
    if (answer.shownAt !== null) return false;
    answer.shownAt = this.#now();
    return true;
  }

  /** Says whether the value is another than before. */
  answered(item, value) {
    const answer = this.#answers.get(item);
    if (JSON.stringify(answer.value) === JSON.stringify(value)) return false;
    answer.value = value;
    answer.answeredAt = this.#now();
    return true;
  }

  value(item) {
    return this.#answers.get(item).value;
  }

  /** The request's answers, in the order of the items. */
  answers() {
    return [...this.#answers.values()].map((answer) => ({ ...answer }));
  }
}
