import {
  type CatalogueModel,
  defaultSettings,
  GatewayError,
  type RequestRecord,
  type Settings,
} from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { ModelDirectory } from "../models/model-directory.js";
import { TeamDirectory } from "../teams/team-directory.js";
import {
  answered,
  broken,
  callOf,
  hello,
  keyWith,
  openServeBench,
  refused,
  type ServeBench,
} from "../testing/open-serve-bench.js";
import { createServe } from "./create-serve.js";
import type { ServeCall } from "./serve-call.js";

const model = sampleModel();
const whole = JSON.stringify({
  id: "chatcmpl-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 7, completion_tokens: 2 },
});

let bench: ServeBench;
let settings: Settings;
let records: RequestRecord[];
let errors: unknown[];
let teams: TeamDirectory;
beforeEach(async () => {
  bench = await openServeBench();
  settings = defaultSettings;
  teams = new TeamDirectory(bench.stores);
  records = [];
  errors = [];
});

async function serve(call: ServeCall, isHealthy = true) {
  const { stores } = bench;
  const health = () => (isHealthy ? stores.health() : ({ ok: false, reason: "The disk is full." } as const));
  const answer = await createServe({
    ...bench,
    stores: { ...stores, health },
    sharing: { publishFailure() {}, publishQuotas() {} },
    teams,
    models: new ModelDirectory(bench.pool),
    log: { ...bench.log, error: (_, fields) => errors.push(fields?.error) },
    onRecord: (record) => records.push(record),
    settings: () => settings,
    recording: "full",
    servesUnrecorded: false,
    failoverDeadlineMs: 60_000,
    heartbeatMs: 15_000,
    maxAnswerBytes: 10_000,
  })(call);
  const json = answer.body instanceof Uint8Array ? JSON.parse(Buffer.from(answer.body).toString()) : null;
  return { ...answer, json };
}

const addToken = (id: string, models: readonly CatalogueModel[], ...answers: Parameters<ServeBench["addToken"]>[2][]) =>
  bench.addToken(id, models, ...answers);

describe("serving a request", () => {
  test("answers what the service answered, on record by then", async () => {
    addToken("tok_1", [model], answered([whole]));
    const { status, json, trace, error } = await serve(callOf(hello));
    expect([status, json, error]).toEqual([200, JSON.parse(whole), null]);
    expect(trace).toMatchObject({
      modelAsked: "model",
      modelUsed: "model",
      tokenId: "tok_1",
      attempts: 1,
      stream: false,
    });
    expect(records).toMatchObject([{ id: "req_1", outcome: "completed", tokenAlias: "alias of tok_1" }]);
    expect(bench.sent[0]?.request).toMatchObject({
      path: "/chat/completions",
      initiator: "user",
      interactionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("translates for a model that speaks another protocol, and says what was left out", async () => {
    addToken("tok_1", [model], answered([whole]));
    const body = { ...hello, max_tokens: 9, top_k: 4 };
    const { json, trace } = await serve(callOf(body, { protocol: "anthropic-messages" }));
    expect(json).toMatchObject({ type: "message", content: [{ text: "Hi" }] });
    expect(records).toMatchObject([{ protocol: "anthropic-messages", wire: "openai-chat" }]);
    expect(trace.warnings).toEqual([expect.stringContaining("top_k")]);
  });

  test("streams where the client wants it", async () => {
    addToken("tok_1", [model], answered(["data: [DONE]\n\n"]));
    const { body, trace } = await serve(callOf({ ...hello, stream: true }));
    expect(body).not.toBeInstanceOf(Uint8Array);
    expect(trace.stream).toBe(true);
  });

  test("serves a configured fallback where no token has the model to spare, and says so", async () => {
    const spare = sampleModel({ id: "spare" });
    settings = { ...settings, modelFallbacks: { model: ["unknown", "spare"] } };
    addToken("tok_1", [model, spare], refused("quota_exhausted", { status: 402 }));
    addToken("tok_2", [spare], answered([whole]));
    const { status, headers, trace } = await serve(callOf(hello));
    expect([status, headers["x-model-served"], trace.modelUsed]).toEqual([200, "spare", "spare"]);
    expect(records).toMatchObject([{ modelAsked: "model", modelUsed: "spare" }]);
  });

  test("serves no fallback for what is the client's own mistake", async () => {
    settings = { ...settings, modelFallbacks: { model: ["spare"] } };
    addToken("tok_1", [model, sampleModel({ id: "spare" })], refused("rejected", { status: 400, code: "bad" }));
    const { status, json } = await serve(callOf(hello));
    expect([status, json.error]).toEqual([
      400,
      expect.objectContaining({ message: "The service said no.", code: "bad" }),
    ]);
    expect(bench.sent).toHaveLength(1);
  });
});

describe("a refusal", () => {
  test.each([
    ["no JSON", "{", 400, "invalid_request_error", ""],
    ["an unknown model", { ...hello, model: "modle" }, 404, "invalid_request_error", "modle"],
  ])("of %s is an answer in the client's protocol, on record", async (_, body, status, type, modelAsked) => {
    addToken("tok_1", [model]);
    const answer = await serve(callOf(body));
    expect(answer).toMatchObject({ status, json: { error: { type } }, error: expect.any(GatewayError) });
    expect(answer.headers).toMatchObject({ "content-type": "application/json", "x-request-id": "req_1" });
    expect(records).toMatchObject([{ outcome: "failed", status, modelAsked, attempts: [] }]);
  });

  test("tells how the key's limits stand, as every answer does", async () => {
    addToken("tok_1", [model], answered([whole]));
    const principal = { kind: "api_key", key: keyWith({ maxRequests: 1 }) } as const;
    const limits = (remaining: string) => ({
      "x-ratelimit-limit-requests": "1",
      "x-ratelimit-remaining-requests": remaining,
    });
    expect((await serve(callOf(hello, { principal }))).headers).toMatchObject(limits("0"));
    const refusedCall = await serve(callOf(hello, { principal, requestId: "req_2" }));
    expect(refusedCall).toMatchObject({ status: 402, headers: limits("0"), error: { code: "budget_exhausted" } });
    expect(records[1]).toMatchObject({ id: "req_2", modelUsed: "model", attempts: [], errorCode: "budget_exhausted" });
  });

  test("of a request that broke something of ours hides what", async () => {
    const bug = new Error("/etc/secret");
    addToken("tok_1", [model], broken(bug));
    const { status, json } = await serve(callOf(hello));
    expect(status).toBe(500);
    expect(JSON.stringify(json)).not.toContain("secret");
    expect(errors).toMatchObject([{ code: "internal", cause: bug }]);
    expect(records).toMatchObject([{ errorCode: "internal", attempts: [{ tokenId: "tok_1", status: null }] }]);
  });

  test("of a client that has hung up is recorded as that", async () => {
    addToken("tok_1", [model], broken(new GatewayError("client_closed", "The client hung up.")));
    await serve(callOf(hello));
    expect(records).toMatchObject([{ outcome: "aborted", errorCode: "client_closed" }]);
  });

  test("for want of room on the disk is not recorded: such records could pile up forever", async () => {
    addToken("tok_1", [model], answered([whole]));
    const { status, error } = await serve(callOf(hello), false);
    expect([status, error?.code]).toEqual([503, "unavailable"]);
    expect([records, bench.sent]).toEqual([[], []]);
  });
});

describe("counting tokens", () => {
  const messages = sampleModel({ wires: ["anthropic-messages"] });
  const count = callOf({ ...hello, max_tokens: 1 }, { protocol: "anthropic-messages", operation: "count_tokens" });

  test("asks the service where it counts for the model", async () => {
    addToken("tok_1", [messages], answered(['{"input_tokens":17}']));
    expect((await serve(count)).json).toEqual({ input_tokens: 17 });
    expect(bench.sent[0]?.request.path).toBe("/v1/messages/count_tokens");
    expect(records).toMatchObject([{ operation: "count_tokens", premiumUnits: 0 }]);
  });

  test.each([
    ["the model speaks no Messages", model, answered(["{}"]), 0],
    ["no token can be asked", messages, refused("account_rate_limited", { status: 429 }), 1],
  ])("counts here where %s", async (_, asked, answer, sentCount) => {
    addToken("tok_1", [asked], answer);
    const { status, json } = await serve(count);
    expect([status, json]).toEqual([200, { input_tokens: expect.any(Number) }]);
    expect(json.input_tokens).toBeGreaterThan(0);
    expect(bench.sent).toHaveLength(sentCount);
    expect(records).toMatchObject([{ outcome: "completed", operation: "count_tokens" }]);
  });

  test("passes on what is wrong with the request", async () => {
    addToken("tok_1", [messages], refused("rejected", { status: 400, message: "Bad block." }));
    expect(await serve(count)).toMatchObject({ status: 400, json: { error: { message: "Bad block." } } });
  });
});
