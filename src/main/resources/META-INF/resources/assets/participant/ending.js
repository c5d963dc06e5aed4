/** What the last page says, for each state of the end: {title, detail, tone}. Pure, so that every case can be read and tested. */
export function endingWords({ phase, saved = 0, total = 0, connection = "saving", reason = "" }) {
  if (phase === "complete") {
    return { tone: "complete", title: "Complete", detail: "Everything is saved. You can close this page now." };
  }
  if (phase === "blocked") {
    return {
      tone: "blocked",
      title: "Not everything could be saved",
      detail: `${reason} Your answers are safe. Try again; if that does not help, download what is not saved yet and send the file to the researchers.`,
    };
  }
  if (connection === "signed-out") {
    return {
      tone: "waiting",
      title: "Please open your participant link again",
      detail: `The server no longer recognises this browser. ${left(saved, total)} Nothing is lost: open the link in this browser and saving goes on.`,
    };
  }
  if (connection === "offline") {
    return {
      tone: "waiting",
      title: "Waiting for the connection",
      detail: `${left(saved, total)} Nothing is lost; saving goes on by itself. Please keep this page open.`,
    };
  }
  return { tone: "saving", title: `Saving ${saved} of ${total}`, detail: "Please keep this page open for a moment." };
}

function left(saved, total) {
  const count = total - saved;
  if (count <= 0) return "All records have arrived; only the last confirmation is missing.";
  return count === 1 ? "One record still has to be sent." : `${count} records still have to be sent.`;
}

/** The file of last resort: everything that the server has not confirmed, in the form in which it would have been sent. */
export function unsentFile({ state, missing, unsent, savedAt }) {
  return JSON.stringify(
    {
      format: "steerstudy-unsent/1",
      sessionId: state.sessionId,
      study: state.study.slug,
      pseudonym: state.pseudonym,
      savedAt: savedAt.toISOString(),
      missing,
      batches: unsent,
    },
    null,
    2,
  );
}
