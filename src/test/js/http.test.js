import assert from "node:assert/strict";
import { test } from "node:test";
import { getJson, postJson, ProblemError } from "../../main/resources/META-INF/resources/assets/shared/http.js";

/** Answers from a list, one per request; an Error is a lost connection. Remembers what was asked. */
function server(...answers) {
  const requests = [];
  const fetch = async (url, options) => {
    requests.push({ url, ...options });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return new Response(answer.body, { status: answer.status });
  };
  return { fetch, requests, pause: async () => {} };
}

const json = (status, body) => ({ status, body: JSON.stringify(body) });
const lost = () => new TypeError("Failed to fetch");

test("an answer comes back as JSON", async () => {
  const { fetch, requests } = server(json(200, { saved: 1 }));
  assert.deepEqual(await postJson("/x", { a: 1 }, { fetch }), { saved: 1 });
  assert.equal(requests[0].body, '{"a":1}');
  assert.equal(requests[0].method, "POST");
});

test("a lost connection and a server in trouble are tried again with the same body", async () => {
  const { fetch, requests, pause } = server(lost(), json(503, {}), json(500, {}), json(200, { ok: true }));
  const retries = [];
  const onRetry = (problem) => retries.push(problem.status);
  assert.deepEqual(await postJson("/x", { a: 1 }, { fetch, pause, onRetry }), { ok: true });
  assert.deepEqual(requests.map((r) => r.body), Array(4).fill('{"a":1}'));
  assert.deepEqual(retries, [0, 503, 500]);
});

test("after the last try the problem is handed on", async () => {
  const { fetch, requests, pause } = server(lost(), lost());
  await assert.rejects(getJson("/x", { fetch, pause, tries: 2 }), (error) => error instanceof ProblemError && error.status === 0);
  assert.equal(requests.length, 2);
});

test("what the server refuses is not tried again and keeps its detail and members", async () => {
  const { fetch, requests } = server(json(422, { detail: "Some answers are missing.", errors: [{ item: "role", message: "Needed." }] }));
  await assert.rejects(postJson("/x", {}, { fetch }), (error) => {
    assert.equal(error.status, 422);
    assert.equal(error.detail, "Some answers are missing.");
    assert.deepEqual(error.members.errors, [{ item: "role", message: "Needed." }]);
    return true;
  });
  assert.equal(requests.length, 1);
});

test("an error page of a proxy in between becomes a problem with its status", async () => {
  const { fetch } = server({ status: 404, body: "<html>not found</html>" });
  await assert.rejects(getJson("/x", { fetch }), (error) => error.status === 404 && /404/.test(error.detail));
});

test("an aborted request is given up, also while it waits for the next try", async () => {
  const controller = new AbortController();
  const { fetch, requests } = server(lost(), json(200, {}));
  const onRetry = () => controller.abort();
  await assert.rejects(postJson("/x", {}, { fetch, onRetry, signal: controller.signal }), { name: "AbortError" });
  assert.equal(requests.length, 1);
});
