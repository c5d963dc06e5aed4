import { consentCopy } from "./consent-copy.js";
import { download } from "./download.js";
import { StepForm } from "./form.js";
import { readState } from "./state.js";

const state = readState();
const form = new StepForm(state);

document.getElementById("download").addEventListener("click", () => {
  const boxes = [...document.querySelectorAll("#form [data-item] input")];
  const copy = consentCopy({
    ...state,
    text: document.getElementById("consent-text").innerText,
    ticked: new Set(boxes.filter((box) => box.checked).map((box) => box.name)),
    savedAt: new Date(),
  });
  download(`consent-${state.study.slug}-${state.pseudonym}.txt`, "text/plain;charset=utf-8", copy);
  form.record("consent.downloaded", { scriptSha256: state.step.scriptSha256 });
});
