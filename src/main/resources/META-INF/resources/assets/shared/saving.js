/** What the mark in the header says about the outbox, in words. */
export function savingText({ state, pending }) {
  switch (state) {
    case "saved":
      return "saved";
    case "saving":
      return `saving ${pending}`;
    case "offline":
      return "offline, nothing lost";
    default:
      return "open your link again";
  }
}

const TROUBLE = new Set(["offline", "signed-out"]);

/**
 * Shows in #saving whether everything recorded so far has reached the server. Read aloud are only the changes into trouble and
 * out of it; "saving 3" after every movement would drown everything else.
 */
export function showSaving(recorder) {
  const mark = document.getElementById("saving");
  if (!mark) return;
  const text = mark.querySelector(".saving__text");
  recorder.onStatus((status) => {
    const words = savingText(status);
    if (text.textContent === words) return;
    const audible = TROUBLE.has(status.state) || TROUBLE.has(mark.dataset.state);
    mark.setAttribute("aria-live", audible ? "polite" : "off");
    mark.dataset.state = status.state;
    text.textContent = words;
  });
}
