import { goToCurrentStep, startRecorder } from "../recorder/start.js";
import { readState } from "../participant/state.js";
import { showSaving } from "../shared/saving.js";
import { answerDialog } from "./answer-dialog.js";
import { benchApi } from "./api.js";
import { dosePanel } from "./dose-panel.js";
import { historyPanel } from "./history-panel.js";
import { noticesPanel } from "./notices.js";
import { partsPanel } from "./parts-panel.js";
import { picturePanel } from "./picture-panel.js";
import { predictionPanel } from "./prediction-panel.js";
import { initialState, reduce } from "./reducer.js";
import { ripplePanel } from "./ripple-panel.js";
import { createStore } from "./store.js";
import { taskPanel } from "./task-panel.js";
import { Work } from "./work.js";

const state = readState();
const { sessionId, step } = state;
const recorder = await startRecorder(state);
showSaving(recorder);

const store = createStore(reduce, initialState(step));
const work = new Work({ store, api: benchApi(sessionId, step.id), recorder });
const onContinue = () => goToCurrentStep(sessionId);
const onLeave = async () => (await work.leave()) && onContinue();
const dialog = answerDialog({ step, store, work, onContinue, onLeave });

const shows = (panel) => step.panels.includes(panel);
const column = (id, ...panels) => {
  document.getElementById(id).append(...panels.map(({ root }) => root));
  return panels;
};
const views = [
  taskPanel(document.getElementById("task"), {
    sessionId,
    step,
    store,
    work,
    onAnswer: () => dialog.open(),
    onLeave,
    onContinue,
  }),
  noticesPanel(document.getElementById("notices"), store),
  ...column("picture-column", picturePanel(step, work), ...(shows("attribution") ? [predictionPanel(step, store)] : [])),
  ...column("parts-column", ...(shows("attribution") ? [partsPanel(step, store, work)] : [])),
  ...column(
    "effect-column",
    ...(shows("history") ? [historyPanel(work)] : []),
    ...(shows("sweep") ? [dosePanel(step, store, work)] : []),
    ...(shows("ripple") ? [ripplePanel(store, work)] : []),
  ),
  dialog,
];
store.subscribe((now, before) => views.forEach((view) => view.update(now, before)));
views.forEach((view) => view.update(store.state));

await work.open();
document.getElementById("bench").removeAttribute("aria-busy");
