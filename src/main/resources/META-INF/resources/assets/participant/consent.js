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
    text: plainText(document.getElementById("consent-text")),
    ticked: new Set(boxes.filter((box) => box.checked).map((box) => box.name)),
    savedAt: new Date(),
  });
  download(`consent-${state.study.slug}-${state.pseudonym}.txt`, "text/plain;charset=utf-8", copy);
  form.record("consent.downloaded", { scriptSha256: state.step.scriptSha256 });
});

/** The text block by block; lists keep a mark, which a browser's own plain text leaves out. */
function plainText(article) {
  const lines = (block) => (block.matches("ul, ol") ? [...block.children].map((item) => `- ${item.innerText}`).join("\n") : block.innerText);
  return [...article.children].map(lines).join("\n\n");
}
