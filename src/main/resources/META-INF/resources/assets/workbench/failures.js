import { ProblemError } from "../shared/http.js";
import { statementWords } from "./words.js";

/**
 * What happened, what was kept and what to do. `retry` sends the same request again, `giveUp` is called when somebody does not want
 * that; both are offered only where the server may or may not have carried the request out.
 */
export function failureNotice(id, error, { title, retry, giveUp }) {
  if (!(error instanceof ProblemError)) throw error;
  const notice = { id, kind: "error", title, text: error.detail, retry: null, giveUp: null, reload: false };
  if (error.members.missing) {
    return { ...notice, kind: "warn", text: `First say ${statementWords(error.members.missing)}. Everything else is kept.` };
  }
  if (error.status === 0 || error.status >= 500) {
    const cause = error.status === 0 ? "The server could not be reached." : error.detail;
    const kept = retry
      ? "Whether the request arrived is not known; trying again carries it out only once."
      : "Nothing recorded is lost; please try again.";
    return { ...notice, text: `${cause} ${kept}`, retry, giveUp };
  }
  return { ...notice, reload: error.status !== 422 && error.status !== 403 };
}
