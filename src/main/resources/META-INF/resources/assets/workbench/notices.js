import { el } from "../shared/dom.js";

/** What went wrong, what was kept and what to do, above the columns. */
export function noticesPanel(root, store) {
  function settle({ id }, then) {
    store.dispatch({ type: "dismissed", id });
    then?.();
  }

  function noticeOf(notice) {
    const button = (label, onclick, kind = "") =>
      el("button", { type: "button", class: `button ${kind} button--small`, onclick }, label);
    return el(
      "div",
      { class: `notice notice--${notice.kind} notice--line` },
      el("span", { class: "notice__title" }, notice.title),
      el("span", { class: "notice__text" }, notice.text),
      notice.retry ? button("Try again", () => settle(notice, notice.retry)) : null,
      notice.reload ? button("Load the page again", () => location.reload()) : null,
      button("Dismiss", () => settle(notice, notice.giveUp), "button--quiet"),
    );
  }

  const waiting = el(
    "div",
    { class: "notice notice--warn notice--line" },
    el("span", { class: "notice__title" }, "No connection to the server."),
    el("span", { class: "notice__text" }, "Your last request is tried again by itself; nothing is lost."),
  );

  return {
    update(state, before) {
      if (state.notices === before?.notices && state.busy === before?.busy) return;
      const retrying = Object.values(state.busy).includes("retrying");
      if (state.notices === before?.notices && retrying === root.contains(waiting)) return;
      root.replaceChildren(...(retrying ? [waiting] : []), ...state.notices.map(noticeOf));
    },
  };
}
