/** Holds one state and tells its listeners of every change, with the state before it. */
export function createStore(reduce, initial) {
  let state = initial;
  const listeners = [];
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state !== before) listeners.forEach((listener) => listener(state, before));
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
