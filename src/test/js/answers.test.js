import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutAnswer, AnswerSheet, complaints, parseNumber, parseText } from "../../main/resources/META-INF/resources/assets/participant/answers.js";
import { consentCopy } from "../../main/resources/META-INF/resources/assets/participant/consent-copy.js";
import { Draft } from "../../main/resources/META-INF/resources/assets/participant/draft.js";
import { endingWords, unsentFile } from "../../main/resources/META-INF/resources/assets/participant/ending.js";
import { savingText } from "../../main/resources/META-INF/resources/assets/shared/saving.js";
import { TabStorage } from "./event-server.js";

const items = [
  { id: "role", type: "choice", required: true },
  { id: "years", type: "number", required: false, min: 0, max: 60 },
];

function clock(...times) {
  return () => times.shift();
}

test("numbers are read with comma or point, and what is no number is said to be none", () => {
  assert.equal(parseNumber(" 2,5 "), 2.5);
  assert.equal(parseNumber("−3"), -3);
  assert.equal(parseNumber("1 000"), 1000);
  assert.equal(parseNumber(" "), null);
  for (const text of ["three", "1e3", "1,2,3", "0x10", "-", "."]) assert.ok(Number.isNaN(parseNumber(text)), text);
});

test("text that is only white space is no answer", () => {
  assert.equal(parseText(" \n"), null);
  assert.equal(parseText(" SHAP "), "SHAP");
});

test("an item counts as shown when it first came into view and as answered when it last changed", () => {
  const sheet = new AnswerSheet(items, { now: clock(100, 200, 300) });
  assert.equal(sheet.shown("role"), true);
  assert.equal(sheet.shown("role"), false);
  assert.equal(sheet.answered("role", "student"), true);
  assert.equal(sheet.answered("role", "student"), false, "choosing the same again is no change");
  sheet.answered("role", "engineer");
  assert.deepEqual(sheet.answers(), [
    { item: "role", value: "engineer", shownAt: 100, answeredAt: 300 },
    { item: "years", value: null, shownAt: null, answeredAt: null },
  ]);
});

test("the same answers make the same request, even after a reload", () => {
  const storage = new TabStorage();
  const first = new AnswerSheet(items, { now: clock(100, 200) });
  first.shown("role");
  first.answered("role", "student");
  new Draft(storage, "s", "background").write(first.answers());

  const draft = new Draft(storage, "s", "background").read();
  const second = new AnswerSheet(items, { draft, now: () => assert.fail("nothing new has happened") });
  second.answered("role", "student");
  assert.equal(second.shown("role"), false);
  assert.deepEqual(second.answers(), first.answers());
});

test("drafts of two steps do not meet, and a sent one is gone", () => {
  const storage = new TabStorage();
  const draft = new Draft(storage, "s", "background");
  draft.write([{ item: "role", value: "student", shownAt: 1, answeredAt: 2 }]);
  assert.deepEqual(new Draft(storage, "s", "after").read(), []);
  draft.clear();
  assert.deepEqual(draft.read(), []);
  assert.deepEqual(new Draft(null, "s", "background").read(), []);
});

test("complaints name required items without an answer and numbers out of range, in the order of the items", () => {
  const values = { role: null, years: 61 };
  assert.deepEqual(
    complaints(items, (id) => values[id]),
    [
      { item: "role", message: "An answer is needed here." },
      { item: "years", message: "Give a number from 0 to 60." },
    ],
  );
  values.role = "student";
  values.years = null;
  assert.deepEqual(complaints(items, (id) => values[id]), []);
});

test("a number field without limits still wants a number", () => {
  const number = [{ id: "n", type: "number", required: false }];
  assert.match(complaints(number, () => Number.NaN)[0].message, /Give a number/);
  assert.deepEqual(complaints(number, () => -5), []);
});

test("a required statement must be ticked; an optional one may be left", () => {
  const statements = [
    { id: "take-part", type: "consent", required: true },
    { id: "publication", type: "consent", required: false },
  ];
  assert.deepEqual(complaints(statements, (id) => (id === "take-part" ? null : false)).map((c) => c.item), ["take-part"]);
  assert.deepEqual(complaints(statements, (id) => id === "take-part"), []);
});

test("events tell of choices but not of what is being written", () => {
  assert.deepEqual(aboutAnswer({ id: "role", type: "choice" }, "student"), { item: "role", value: "student" });
  assert.deepEqual(aboutAnswer({ id: "why", type: "long-text" }, "because"), { item: "why", characters: 7 });
});

test("the copy of the consent holds the text, the ticks and the fingerprint of the script", () => {
  const copy = consentCopy({
    study: { title: "A study", contact: "lab@example.org" },
    pseudonym: "P007",
    step: {
      title: "Taking part",
      scriptSha256: "ab".repeat(32),
      items: [
        { id: "a", text: "I take part.", required: true },
        { id: "b", text: "You may publish.", required: false },
      ],
    },
    text: "What this is about.\n",
    ticked: new Set(["a"]),
    savedAt: new Date(0),
  });
  assert.match(copy, /^A study: Taking part\n=+\n\nWhat this is about\.\n/);
  assert.match(copy, /\[x\] I take part\.\n\[ \] You may publish\. \(optional\)/);
  assert.match(copy, new RegExp(`SHA-256\\): ${"ab".repeat(32)}`));
  assert.match(copy, /P007/);
});

test("the last page says how far it is, what it waits for, and what to do when it is stuck", () => {
  const words = (now) => Object.values(endingWords({ saved: 3, total: 10, ...now })).join(" ");
  assert.match(words({ phase: "saving" }), /Saving 3 of 10/);
  assert.match(words({ phase: "saving", connection: "offline" }), /7 records still have to be sent/);
  assert.match(words({ phase: "saving", connection: "signed-out" }), /open the link/);
  assert.match(words({ phase: "saving", connection: "offline", saved: 10 }), /only the last confirmation is missing/);
  assert.match(words({ phase: "blocked", reason: "The server misses some records." }), /The server misses some records\..*download/);
  assert.match(words({ phase: "complete" }), /Everything is saved/);
});

test("the file of unsent data holds the batches as they would have been sent", () => {
  const batches = [{ tabId: "t", events: [{ eventId: "e", seq: 1 }] }];
  const state = { sessionId: "s", pseudonym: "P001", study: { slug: "a-study" } };
  const file = JSON.parse(unsentFile({ state, missing: [{ tabId: "t", ranges: [[1, 1]] }], unsent: batches, savedAt: new Date(0) }));
  assert.deepEqual(file.batches, batches);
  assert.deepEqual([file.sessionId, file.format, file.missing[0].ranges], ["s", "steerstudy-unsent/1", [[1, 1]]]);
});

test("the mark in the header names every state of the outbox", () => {
  assert.equal(savingText({ state: "saved", pending: 0 }), "saved");
  assert.equal(savingText({ state: "saving", pending: 3 }), "saving 3");
  assert.equal(savingText({ state: "offline", pending: 3 }), "offline, nothing lost");
  assert.match(savingText({ state: "signed-out", pending: 3 }), /open your link again/);
});
