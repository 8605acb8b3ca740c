import { GatewayError, type RequestRecord } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import type { LedgerEntry } from "@copilot-llm/stores";
import { beforeEach, describe, expect, test } from "vitest";
import { admittedOf, callOf, hello, openServeBench, type ServeBench } from "../testing/open-serve-bench.js";
import { createRecordRequest, type EndedRequest } from "./record-request.js";
import { RequestTrace } from "./request-trace.js";

const model = sampleModel({ billing: { isPremium: true, multiplier: 3, tokenPrices: null } });
const tokens = { inputTokens: 5, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
const completed: EndedRequest = {
  outcome: "completed",
  status: 200,
  error: null,
  usage: { tokens, nanoAiu: 70 },
  response: Buffer.from('{"id":"resp_1"}'),
};

let bench: ServeBench;
let heard: RequestRecord[];
let remembered: unknown[];
let logged: string[];
let entries: LedgerEntry[];
beforeEach(async () => {
  bench = await openServeBench();
  heard = [];
  remembered = [];
  logged = [];
  entries = [];
});

function recorder(servesUnrecorded = false, failure: Error | null = null) {
  const { ledger } = bench.stores;
  return createRecordRequest({
    servesUnrecorded,
    ledger: {
      append: async (entry) => {
        entries.push(entry);
        if (failure !== null) throw failure;
        await ledger.append(entry);
      },
      release: (id) => ledger.release(id),
    },
    responseHistory: { remember: (...answer) => remembered.push(answer) },
    onRecord: (record) => heard.push(record),
    log: { ...bench.log, error: (message) => logged.push(message) },
  });
}

/** A trace of a request that one token was asked. */
function sentTrace(changes: Parameters<typeof callOf>[1] = {}, recording: RequestTrace["recording"] = "full") {
  const call = callOf(hello, changes);
  const trace = new RequestTrace(call, recording, bench.clock);
  trace.noteRequest(admittedOf(bench, model, call).admitted.peek);
  trace.noteModel(model);
  trace.noteTry({ tokenId: "tok_1", model, release() {} }, "main");
  trace.noteTryResult({ status: 200, failure: null });
  return trace;
}

describe("recording a request", () => {
  test("keeps the request, both bodies and what it cost, then tells who listens", async () => {
    expect(await recorder()(sentTrace(), completed)).toBeNull();
    const { record, bodies } = await bench.findRecord("req_1");
    expect(record).toMatchObject({
      keyAlias: "laptop",
      tokenAlias: "main",
      modelAsked: "model",
      modelUsed: "model",
      outcome: "completed",
      usage: tokens,
      premiumUnits: 3,
      nanoAiu: 70,
    });
    expect(Buffer.from(bodies?.request ?? []).toString()).toBe(JSON.stringify(hello));
    expect(Buffer.from(bodies?.response ?? []).toString()).toBe('{"id":"resp_1"}');
    expect(heard.map(({ id }) => id)).toEqual(["req_1"]);
    expect(remembered).toEqual([["req_1", "openai-chat", completed.response]]);
  });

  test("keeps no bodies where only facts are wanted, so nothing can go on from the answer", async () => {
    await recorder()(sentTrace({}, "metadata"), completed);
    expect((await bench.findRecord("req_1")).bodies).toBeNull();
    expect(remembered).toEqual([]);
  });

  test.each<[string, () => RequestTrace]>([
    ["never reached the upstream", () => admittedOf(bench, model).trace],
    ["only counts tokens", () => sentTrace({ operation: "count_tokens" })],
  ])("charges nothing for what %s", async (_, makeTrace) => {
    await recorder()(makeTrace(), { ...completed, usage: null });
    expect(entries[0]?.charges).toEqual({ requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 });
    expect(entries[0]?.record).toMatchObject({ premiumUnits: 0, nanoAiu: null });
  });

  test("charges as the account that served bills the model", async () => {
    const trace = sentTrace();
    const billed = sampleModel({ billing: { isPremium: true, multiplier: 10, tokenPrices: null } });
    trace.noteTry({ tokenId: "tok_2", model: billed, release() {} }, "other");
    trace.noteTryResult({ status: 200, failure: null });
    await recorder()(trace, completed);
    expect(entries[0]?.charges).toEqual({ requests: 1, premiumUnits: 10, nanoAiu: 70, tokens: 7 });
  });

  test("tells the conversation whether its request was answered", async () => {
    const ends: boolean[] = [];
    for (const outcome of ["completed", "aborted"] as const) {
      const trace = sentTrace({ requestId: `req_${outcome}` });
      trace.noteConversation({ id: "key_1:a:1", end: (isAnswered) => ends.push(isAnswered) });
      await recorder()(trace, { ...completed, outcome });
    }
    expect(ends).toEqual([true, false]);
  });
});

describe("a request that cannot be recorded", () => {
  const failure = new GatewayError("unavailable", "The disk is full.");

  test("gives its reservation back and answers with the error", async () => {
    const claim = { unit: "requests", window: "open", limit: 1 } as const;
    const amounts = { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
    const reserve = (id: string) =>
      bench.stores.ledger.reserve({ id, keyId: "key_1", atMs: bench.clock.nowMs(), amounts, claims: [claim] });
    expect((await reserve("req_1")).granted).toBe(true);
    expect(await recorder(false, failure)(sentTrace(), completed)).toBe(failure);
    expect((await reserve("req_2")).granted).toBe(true);
    expect(logged).toEqual(["a request could not be recorded"]);
    expect([heard, remembered]).toEqual([[], []]);
  });

  test("is answered all the same where the operator wants that", async () => {
    expect(await recorder(true, failure)(sentTrace(), completed)).toBeNull();
    expect(logged).toEqual(["a request could not be recorded"]);
  });

  test("never shows what broke", async () => {
    const failure = await recorder(false, new Error("EIO /secret/path"))(sentTrace(), completed);
    expect(failure).toMatchObject({ code: "internal", message: expect.not.stringContaining("EIO") });
  });
});
