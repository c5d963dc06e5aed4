import { multiple, plain } from "./numbers.js";

/** A standing edit in a few characters. */
export function editWords(edit) {
  switch (edit.operation) {
    case "suppress":
      return multiple(0);
    case "scale":
      return multiple(edit.value);
    case "set":
      return `= ${plain(edit.value)}`;
    default:
      return `${edit.value < 0 ? "" : "+ "}${plain(edit.value)}`;
  }
}

/** An applied intervention in a few words. */
export function entryWords({ action, latent, operation, value }) {
  switch (action) {
    case "edit":
      return operation === "suppress" ? `Suppress latent ${latent}` : `Latent ${latent} ${editWords({ operation, value })}`;
    case "reset":
      return `Reset latent ${latent}`;
    case "reset-all":
      return "Reset all";
    default:
      return action === "undo" ? "Undo" : "Redo";
  }
}

const STATEMENTS = {
  hypothesis: "what you think the model uses",
  "confidence-before": "how sure you are",
  "trust-before": "how far you trust what you see here",
  "confidence-after": "how sure you are",
  "trust-after": "how far you trust what you see here",
};

/** Statements that the server still waits for, as the end of a sentence. */
export function statementWords(items) {
  const words = items.map((item) => STATEMENTS[item] ?? item);
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
