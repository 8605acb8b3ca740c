import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  alice,
  ask,
  carol,
  endpoints,
  type Fixture,
  parseEvents,
  startFixture,
  startMs,
} from "../../testing/fixture.js";
import { type FaultName, faultPresets } from "./fault-presets.js";

const statusByFault: Partial<Record<FaultName, number>> = {
  "prompt-too-long": 400,
  "model-not-supported": 400,
  "unsupported-api": 400,
  "vision-header-missing": 400,
  "editor-version-missing": 400,
  "invalid-signature": 400,
  "cache-scope-service": 400,
  "cache-scope-bedrock": 400,
  "cache-scope-anthropic": 400,
  "previous-response-not-found": 400,
  "foreign-item-id": 400,
  "bad-request-text": 400,
  "thinking-modified": 400,
  "redacted-thinking-invalid": 400,
  "sealed-reasoning-bad-request": 400,
  "sealed-reasoning-invalid-request-error": 400,
  "sealed-reasoning-invalid-request-body": 400,
  "sealed-reasoning-text": 400,
  "sealed-output-undecodable": 400,
  "bad-credentials": 401,
  "token-expired": 401,
  "ide-token-expired": 401,
  "quota-exceeded": 402,
  "free-quota-exceeded": 402,
  "overage-limit-reached": 402,
  "billing-not-configured": 402,
  "policy-forbidden": 403,
  "feature-forbidden": 403,
  "integration-forbidden": 403,
  "not-found": 404,
  "payload-too-large": 413,
  "content-filtered": 422,
  "agent-dependency-failed": 424,
  "rate-limited": 429,
  "rate-limited-text": 429,
  "rate-limited-typed": 429,
  "user-model-rate-limited": 429,
  "user-global-rate-limited": 429,
  "user-weekly-rate-limited": 429,
  "integration-rate-limited": 429,
  "model-overloaded": 429,
  "agent-mode-limit-exceeded": 429,
  "upstream-provider-rate-limit": 429,
  "extension-blocked": 429,
  "api-version-too-old": 466,
  "client-cancelled": 499,
  "server-error": 500,
  "server-error-html": 500,
  "bad-gateway": 502,
  "bad-gateway-html": 502,
  unavailable: 503,
  "unavailable-html": 503,
  "provider-unavailable": 503,
  "gateway-timeout": 504,
};
const otherFaults: readonly FaultName[] = [
  "misdirected",
  "personal-token-forbidden",
  "custom",
  "connection-reset",
  "hang",
  "slow-first-byte",
  "stream-cut",
  "stream-eof",
  "stream-error",
  "stream-silence",
  "stream-garbage",
  "garbage-json",
  "html-page",
  "slow-bytes",
  "answer-cut",
  "long-line",
];

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

describe("faults", () => {
  it("are all tested", () => {
    expect(Object.keys(faultPresets).sort()).toEqual([...Object.keys(statusByFault), ...otherFaults].sort());
  });

  it.each(Object.entries(statusByFault))("%s answers %i once and then gets out of the way", async (name, status) => {
    fixture.simulator.faults.add({ name: name as FaultName, times: 1 });
    const hit = await fixture.post("/chat/completions", ask("/chat/completions", "hi"));
    expect(hit.status).toBe(status);
    expect(await hit.text()).not.toBe("");
    expect((await fixture.post("/chat/completions", ask("/chat/completions", "hi"))).status).toBe(200);
    expect(fixture.simulator.requests.all().map((request) => request.notes)).toEqual([[`fault:${name}`], []]);
    expect(fixture.simulator.ledger.totals().requests).toBe(1);
  });

  it("answer 421 for an account that belongs to another host; fetch itself asks such a request once more", async () => {
    fixture.simulator.faults.add({ name: "misdirected", account: "alice" });
    const refused = await fixture.post("/chat/completions", ask("/chat/completions", "hi"));
    expect([refused.status, await refused.text()]).toEqual([421, "Misdirected Request\n"]);
    expect(fixture.simulator.requests.to("/chat/completions")).toHaveLength(2);
    const other = await fixture.post("/chat/completions", ask("/chat/completions", "hi"), { token: carol.token });
    expect(other.status).toBe(200);
  });

  it("put retry-after in seconds or as a date, and leave it out otherwise", async () => {
    const { faults } = fixture.simulator;
    faults.add({ name: "rate-limited", times: 1 });
    faults.add({ name: "rate-limited", times: 1, retryAfterSeconds: 30, retryAfterAsDate: true });
    faults.add({ name: "rate-limited", times: 1, retryAfterSeconds: 30 });
    const values: (string | null)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const response = await fixture.post("/responses", ask("/responses", "hi"));
      values.push(response.headers.get("retry-after"));
    }
    expect(values).toEqual(["30", new Date(startMs + 30_000).toUTCString(), null]);
  });

  it("hit only the account, model and endpoint they name, after letting some pass", async () => {
    fixture.simulator.faults.add({
      name: "unavailable",
      account: "carol",
      model: "gpt-4.1",
      endpoint: "/chat/completions",
      skip: 1,
    });
    const send = async (path: string, extra = {}, token: string = carol.token) =>
      (await fixture.post(path, ask(path, "hi", extra), { token })).status;
    expect(await send("/chat/completions")).toBe(200);
    expect(await send("/chat/completions")).toBe(503);
    expect(await send("/chat/completions", {}, alice.token)).toBe(200);
    expect(await send("/chat/completions", { model: "gpt-4o" })).toBe(200);
    expect(await send("/responses")).toBe(200);
    expect(await send("/chat/completions")).toBe(503);
  });

  it("reach GitHub's side when told to, and both sides for bad credentials", async () => {
    const id = fixture.simulator.faults.add({ name: "bad-credentials", account: "alice" });
    expect((await fixture.get("/copilot_internal/user")).status).toBe(401);
    expect((await fixture.get("/models")).status).toBe(401);
    expect((await fixture.post("/responses", ask("/responses", "hi"))).status).toBe(401);
    fixture.simulator.faults.remove(id);
    fixture.simulator.faults.add({ name: "personal-token-forbidden" });
    expect((await fixture.get("/copilot_internal/v2/token")).status).toBe(403);
    expect((await fixture.get("/models")).status).toBe(200);
    fixture.simulator.faults.add({ name: "rate-limited", endpoint: "/models", times: 1 });
    expect((await fixture.get("/models")).status).toBe(429);
  });

  it("answer with a body of the test's own", async () => {
    fixture.simulator.faults.add({ name: "custom", status: 418, contentType: "text/html", body: "<p>tea</p>" });
    const response = await fixture.post("/chat/completions", ask("/chat/completions", "hi"));
    expect(response.status).toBe(418);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toBe("<p>tea</p>");
  });

  it("refuse an unknown name", () => {
    expect(() => fixture.simulator.faults.add({ name: "nonsense" as FaultName })).toThrow(TypeError);
  });

  it("reset the connection before the answer", async () => {
    fixture.simulator.faults.add({ name: "connection-reset", times: 1 });
    await expect(fixture.post("/chat/completions", ask("/chat/completions", "hi"))).rejects.toThrow();
  });

  it("hang until the client gives up, who then pays nothing", async () => {
    fixture.simulator.faults.add({ name: "hang", times: 1 });
    const controller = new AbortController();
    const attempt = fixture.post("/chat/completions", ask("/chat/completions", "hi"), { signal: controller.signal });
    const record = await fixture.simulator.requests.waitFor((request) => request.notes.includes("fault:hang"));
    controller.abort();
    await expect(attempt).rejects.toThrow();
    await record.onAborted;
    expect(fixture.simulator.ledger.totals().requests).toBe(0);
  });

  it("delay the first byte", async () => {
    fixture.simulator.faults.add({ name: "slow-first-byte", durationMs: 5 });
    expect((await fixture.post("/chat/completions", ask("/chat/completions", "hi"))).status).toBe(200);
  });
});

describe.each(endpoints)("answers of %s that are no answers or arrive wrongly", (path) => {
  const post = (stream: boolean) => fixture.post(path, ask(path, "hi", { stream }), { token: carol.token });

  it.each([false, true])("are a piece of JSON, or a proxy's page, with 200 (streamed: %s)", async (stream) => {
    fixture.simulator.faults.add({ name: "garbage-json", times: 1 });
    const garbage = await post(stream);
    expect([garbage.status, garbage.headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
    await expect(garbage.json()).rejects.toThrow(SyntaxError);
    fixture.simulator.faults.add({ name: "html-page", times: 1 });
    const html = await post(stream);
    expect([html.status, html.headers.get("content-type")]).toEqual([200, "text/html"]);
    expect(await html.text()).toContain("<html>");
    expect(fixture.simulator.ledger.totals().requests).toBe(0);
  });

  it.each([false, true])("are cut in the middle, free of charge (streamed: %s)", async (stream) => {
    fixture.simulator.faults.add({ name: "answer-cut" });
    const response = await post(stream);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(fixture.simulator.ledger.entries()).toMatchObject([{ outcome: "failed", nanoAiu: 0 }]);
  });

  it.each([false, true])("come byte by byte (streamed: %s)", async (stream) => {
    const whole = await (await post(stream)).text();
    fixture.simulator.faults.add({ name: "slow-bytes", durationMs: 0 });
    const slow = await post(stream);
    expect((await slow.text()).length).toBe(whole.length);
    const chunks = fixture.simulator.requests.all()[1]?.responseChunks.map((chunk) => chunk.length);
    expect(new Set(chunks)).toEqual(new Set([1]));
  });

  it.each([false, true])("hold a line of any length before the rest (streamed: %s)", async (stream) => {
    const bytes = 3 * 1024 * 1024 + 1;
    fixture.simulator.faults.add({ name: "long-line", bytes });
    const text = await (await post(stream)).text();
    expect(/x+/.exec(text)?.[0]).toHaveLength(bytes);
    if (!stream) expect(JSON.parse(text)).toMatchObject({ filler: expect.any(String), model: expect.any(String) });
    else expect(text).toMatch(/message_stop|response\.completed|\[DONE\]/);
    const kept = fixture.simulator.requests.all()[0]?.responseChunks ?? [];
    expect(kept.reduce((sum, chunk) => sum + chunk.length, 0)).toBeLessThan(100_000);
  });
});

describe.each(endpoints)("broken streams of %s", (path) => {
  const stream = () => fixture.post(path, ask(path, "sim: long 100", { stream: true }), { token: carol.token });

  it("end with a clean EOF but without their ending, free of charge", async () => {
    fixture.simulator.faults.add({ name: "stream-eof" });
    const text = await (await stream()).text();
    expect(text).not.toMatch(/message_stop|response\.completed|\[DONE\]/);
    expect(fixture.simulator.ledger.entries()).toMatchObject([{ outcome: "failed", nanoAiu: 0 }]);
  });

  it("are cut after a number of frames", async () => {
    fixture.simulator.faults.add({ name: "stream-cut", afterFrames: 3 });
    const response = await stream();
    await expect(response.text()).rejects.toThrow();
    const record = fixture.simulator.requests.all()[0];
    const kept = parseEvents(Buffer.concat(record?.responseChunks ?? []).toString());
    expect(kept).toHaveLength(3);
  });

  it("carry an error in the wire's own shape", async () => {
    fixture.simulator.faults.add({ name: "stream-error", afterFrames: 4 });
    const last = parseEvents(await (await stream()).text()).at(-1);
    expect(last?.event ?? "data only").toBe(
      { "/chat/completions": "data only", "/responses": "response.failed", "/v1/messages": "error" }[path],
    );
    expect(JSON.stringify(last?.data)).toContain("failed in mid-stream");
  });

  it("hold a garbled frame and go on", async () => {
    fixture.simulator.faults.add({ name: "stream-garbage", afterFrames: 2 });
    const text = await (await stream()).text();
    const data = text.split("\n").flatMap((line) => (line.startsWith("data: {") ? [line.slice(6)] : []));
    expect(data.filter((json) => !isJson(json))).toHaveLength(1);
    expect(text).toMatch(/message_stop|response\.completed|\[DONE\]/);
  });

  it("fall silent and go on", async () => {
    fixture.simulator.faults.add({ name: "stream-silence", afterFrames: 2, durationMs: 5 });
    expect(await (await stream()).text()).toMatch(/message_stop|response\.completed|\[DONE\]/);
    expect(fixture.simulator.ledger.entries()).toMatchObject([{ outcome: "completed" }]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
