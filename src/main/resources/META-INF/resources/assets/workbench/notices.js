import { el } from "../shared/dom.js";

/** What went wrong, what was kept and what to do, above the columns. */
export function noticesPanel(root, store) {
  return {
    update(state, before) {
      if (state.notices === before?.notices) return;
      root.replaceChildren(
        ...state.notices.map((notice) =>
          el(
            "div",
            { class: `notice notice--${notice.kind} notice--line` },
            el("span", { class: "notice__title" }, notice.title),
            el("span", { class: "notice__text" }, notice.text),
            notice.retry ? el("button", { type: "button", class: "button button--small", onclick: () => dismissed(notice, notice.retry) }, "Try again") : null,
            notice.reload ? el("button", { type: "button", class: "button button--small", onclick: () => location.reload() }, "Load the page again") : null,
            el("button", { type: "button", class: "button button--quiet button--small", onclick: () => dismissed(notice) }, "Dismiss"),
          ),
        ),
      );
    },
  };

  function dismissed({ id }, then = () => {}) {
    store.dispatch({ type: "dismissed", id });
    then();
  }
}
