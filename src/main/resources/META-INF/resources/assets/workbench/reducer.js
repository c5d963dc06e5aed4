/**
 * What the workbench knows. Pure: every action gives another state, nothing is fetched, drawn or recorded here.
 *
 * `now` holds the predictions that the server computed for exactly the edits that stand; null before the first edit. `preview` is a
 * slider on its way: `{latent, multiple, predictions}`.
 */
export function initialState(step) {
  return {
    step,
    view: null,
    edits: [],
    canUndo: false,
    canRedo: false,
    now: null,
    preview: null,
    history: [],
    answers: {},
    attempts: [],
    over: false,
    verdict: null,
    selected: null,
    sort: "attribution",
    query: "",
    pins: [],
    allClasses: false,
    effects: {},
    sweeps: {},
    ripple: null,
    busy: {},
    notices: [],
  };
}

const REDUCERS = {
  resumed(state, { task }) {
    return {
      ...state,
      edits: task.edits,
      canUndo: task.canUndo,
      canRedo: task.canRedo,
      history: task.history,
      now: task.steered,
      answers: task.answers,
      attempts: task.attempts,
      over: task.solved,
    };
  },
  viewed: (state, { view, target, contrast }) => ({ ...state, view: { ...view, target, contrast }, effects: {} }),

  dragged: (state, { latent, multiple }) => ({
    ...state,
    preview: { latent, multiple, predictions: state.preview?.latent === latent ? state.preview.predictions : null },
  }),
  previewed: (state, { response }) =>
    state.preview?.latent === response.latent ? { ...state, preview: { ...state.preview, predictions: response.after } } : state,
  released: (state) => ({ ...state, preview: null }),

  applied(state, { request, response, at }) {
    return {
      ...state,
      edits: response.edits,
      canUndo: response.canUndo,
      canRedo: response.canRedo,
      now: response.after,
      preview: null,
      history: [...state.history, entryOf(request, response, at)],
    };
  },

  selected: (state, { latent }) => ({ ...state, selected: latent }),
  sorted: (state, { sort }) => ({ ...state, sort }),
  searched: (state, { query }) => ({ ...state, query }),
  pinned: (state, { latent, pinned }) => ({
    ...state,
    pins: pinned ? [...state.pins.filter((each) => each !== latent), latent] : state.pins.filter((each) => each !== latent),
  }),
  "all-classes": (state, { shown }) => ({ ...state, allClasses: shown }),

  ablated(state, { viewId, result }) {
    if (state.view?.viewId !== viewId) return state;
    return { ...state, effects: Object.fromEntries(result.effects.map(({ latent, effect }) => [latent, effect])) };
  },
  swept: (state, { result, edits }) => ({
    ...state,
    sweeps: { ...state.sweeps, [result.latent]: { ...result, others: editsKey(edits, result.latent) } },
  }),
  rippled: (state, { result }) => ({ ...state, ripple: result }),

  // A request that is tried again stays so, however long it takes.
  busy: (state, { name, phase }) => ({
    ...state,
    busy: { ...state.busy, [name]: state.busy[name] === "retrying" ? "retrying" : phase },
  }),
  idle(state, { name }) {
    const { [name]: over, ...busy } = state.busy;
    return over === undefined ? state : { ...state, busy };
  },

  answered: (state, { answers }) => ({ ...state, answers: { ...state.answers, ...answers } }),
  judged: (state, { response }) => ({
    ...state,
    verdict: response,
    attempts: [...state.attempts, { attempt: response.attempt, success: response.success }],
    over: response.success || response.attemptsLeft === 0,
  }),
  "verdict-read": (state) => ({ ...state, verdict: null }),

  noticed: (state, { notice }) => ({ ...state, notices: [...state.notices.filter(({ id }) => id !== notice.id), notice] }),
  dismissed(state, { id }) {
    const notices = state.notices.filter((notice) => notice.id !== id);
    return notices.length === state.notices.length ? state : { ...state, notices };
  },
};

export function reduce(state, action) {
  return REDUCERS[action.type](state, action);
}

/** Names a set of edits, whatever their order; with `except`, all but one latent's. */
export function editsKey(edits, except = null) {
  return edits
    .filter(({ latent }) => latent !== except)
    .map(({ latent, operation, value }) => `${latent} ${operation} ${Number(value ?? 0)}`)
    .sort()
    .join("; ");
}

function entryOf(request, response, at) {
  return {
    interventionId: response.interventionId,
    position: response.position,
    kind: response.kind,
    action: request.action,
    latent: response.latent,
    operation: request.operation ?? null,
    value: request.value ?? null,
    at,
    edits: response.edits,
    after: [...response.after].sort((a, b) => a.rank - b.rank).slice(0, 3),
  };
}
