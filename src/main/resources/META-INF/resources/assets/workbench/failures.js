import { ProblemError } from "../shared/http.js";
import { statementWords } from "./words.js";

/** What happened, what was kept and what to do. `retry` sends the same request again; where that cannot help there is another way out. */
export function failureNotice(id, error, title, retry) {
  if (!(error instanceof ProblemError)) throw error;
  const notice = { id, kind: "error", title, text: error.detail, retry: null, reload: false };
  if (error.members.missing) {
    return { ...notice, kind: "warn", text: `First say ${statementWords(error.members.missing)}. Everything else is kept.` };
  }
  if (error.status === 0) {
    return { ...notice, text: "The server could not be reached. Everything that stood before still stands, and nothing recorded is lost.", retry };
  }
  if (error.status >= 500) return { ...notice, text: `${error.detail} Everything that stood before still stands.`, retry };
  return { ...notice, reload: error.status !== 422 && error.status !== 403 };
}
