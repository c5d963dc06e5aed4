import { getJson, postJson } from "../shared/http.js";

/** The requests of one task. Every body that changes or measures something carries its own requestId. */
export function benchApi(sessionId, stepId) {
  const base = `/api/sessions/${sessionId}/steps/${stepId}`;
  const post = (path) => (body, options) => postJson(`${base}/${path}`, body, options);
  return {
    task: (options) => getJson(`${base}/workbench`, options),
    view: post("views"),
    intervene: post("interventions"),
    sweep: post("sweeps"),
    ripple: post("ripple-checks"),
    ablate: post("ablations"),
    answer: post("answers"),
    judge: post("outcome"),
    leave: post("complete"),
  };
}
