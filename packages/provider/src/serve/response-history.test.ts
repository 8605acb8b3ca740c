import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Log, User } from "@copilot-llm/model";
import { peekRequest } from "@copilot-llm/protocols";
import type { Stores } from "@copilot-llm/stores";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSystemClock } from "../system-clock.js";
import { RequestTrace } from "./request-trace.js";
import { ResponseHistory } from "./response-history.js";
import type { ServeCall } from "./serve-call.js";

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = createSystemClock();
const noCharges = { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

let directory: string;
let stores: Stores;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "response-history-"));
  stores = await openLowdbStores({ dataDir: directory, encryptionKey: null, clock, log: silent });
});
afterEach(async () => {
  await stores.close();
  await rm(directory, { recursive: true });
});

function call(body: object, requestId: string, userId = "usr_1"): ServeCall {
  const user: User = {
    id: userId,
    username: userId,
    passwordHash: "",
    role: "admin",
    createdAtMs: 0,
    lastSignInAtMs: null,
    externalId: null,
  };
  return {
    requestId,
    operation: "generate",
    protocol: "openai-responses",
    principal: { kind: "session", user },
    body: Buffer.from(JSON.stringify(body)),
    wireHeaders: {},
    pinnedTokenId: null,
    clientIp: null,
    userAgent: null,
    signal: new AbortController().signal,
  };
}

/** Records that `text` was answered under `responseId`. */
async function serve(history: ResponseHistory, served: ServeCall, responseId: string, text: string): Promise<void> {
  const item = { type: "message", role: "assistant", content: [{ type: "output_text", text }] };
  const response = Buffer.from(JSON.stringify({ id: responseId, object: "response", output: [item] }));
  const trace = new RequestTrace(served, "full", clock);
  trace.noteConversation({ id: `usr_1:${served.requestId}`, end: () => {} });
  const record = trace.record({
    outcome: "completed",
    status: 200,
    errorCode: null,
    usage: null,
    premiumUnits: 0,
    nanoAiu: null,
  });
  await stores.ledger.append({ record, bodies: { request: served.body, response }, charges: noCharges });
  history.remember(served.requestId, served.protocol, response);
}

const expand = (history: ResponseHistory, asked: ServeCall) =>
  history.expand(asked, peekRequest(asked.protocol, asked.body));

describe("ResponseHistory", () => {
  test("puts the whole chain of earlier turns before the new input", async () => {
    const history = new ResponseHistory(stores);
    await serve(history, call({ model: "m", input: "One?" }, "req_1"), "resp_1", "One.");
    await serve(
      history,
      call({ model: "m", input: "Two?", previous_response_id: "resp_1" }, "req_2"),
      "resp_2",
      "Two.",
    );
    const asked = call({ model: "m", input: "Three?", previous_response_id: "resp_2" }, "req_3");
    const { peek } = await expand(history, asked);
    expect(JSON.stringify(peek.body.input)).toMatch(/One\?.*One\..*Two\?.*Two\..*Three\?/);
    expect(peek.body).not.toHaveProperty("previous_response_id");
    expect(JSON.parse(Buffer.from(peek.bytes).toString())).toEqual(peek.body);
  });

  test("finds a response that an earlier run served", async () => {
    await serve(new ResponseHistory(stores), call({ model: "m", input: "One?" }, "req_1"), "resp_1", "One.");
    const asked = call({ model: "m", input: "Two?", previous_response_id: "resp_1" }, "req_2");
    const { peek } = await expand(new ResponseHistory(stores), asked);
    expect(JSON.stringify(peek.body.input)).toMatch(/One\?.*One\..*Two\?/);
  });

  test("does not give one principal's conversation to another", async () => {
    const history = new ResponseHistory(stores);
    await serve(history, call({ model: "m", input: "Secret?" }, "req_1"), "resp_1", "Secret.");
    const asked = call({ model: "m", input: "Tell", previous_response_id: "resp_1" }, "req_2", "usr_2");
    await expect(expand(history, asked)).rejects.toMatchObject({
      code: "invalid_request",
      param: "previous_response_id",
    });
  });

  test("looks for a response that it does not know in what the principal has on record only, one search at a time", async () => {
    const asked: { key: string | undefined; protocol: string | undefined }[] = [];
    let under = 0;
    const listRequests: Stores["sessions"]["listRequests"] = async ({ key, protocol, cursor }) => {
      under += 1;
      expect(under).toBe(1);
      await Promise.resolve();
      under -= 1;
      asked.push({ key, protocol });
      return { requests: [], nextCursor: cursor === undefined ? "more" : null, searchedToMs: null };
    };
    const history = new ResponseHistory({ ledger: stores.ledger, sessions: { ...stores.sessions, listRequests } });
    const searches = ["req_1", "req_2"].map((id) =>
      expand(history, call({ model: "m", input: "Go on", previous_response_id: "resp_unknown" }, id)),
    );
    for (const search of searches) await expect(search).rejects.toMatchObject({ code: "invalid_request" });
    expect(asked).toEqual(Array(4).fill({ key: "console:usr_1", protocol: "openai-responses" }));
  });

  test("stops looking when the client has left", async () => {
    const client = new AbortController();
    let pages = 0;
    const listRequests: Stores["sessions"]["listRequests"] = async () => {
      pages += 1;
      client.abort();
      return { requests: [], nextCursor: "more", searchedToMs: null };
    };
    const history = new ResponseHistory({ ledger: stores.ledger, sessions: { ...stores.sessions, listRequests } });
    const asked = call({ model: "m", input: "Go on", previous_response_id: "resp_unknown" }, "req_1");
    await expect(expand(history, { ...asked, signal: client.signal })).rejects.toMatchObject({ code: "client_closed" });
    expect(pages).toBe(1);
  });

  test("refuses a chain that is too long to be read back instead of leaving out its beginning", async () => {
    const history = new ResponseHistory(stores);
    const circle = call({ model: "m", input: "Again?", previous_response_id: "resp_1" }, "req_1");
    await serve(history, circle, "resp_1", "Again.");
    await expect(expand(history, circle)).rejects.toThrow(/more than 2000 others/);
  });

  test("says that an unknown response is not kept", async () => {
    const asked = call({ model: "m", input: "Go on", previous_response_id: "resp_unknown" }, "req_1");
    await expect(expand(new ResponseHistory(stores), asked)).rejects.toThrow(/resp_unknown' not found/);
  });

  test("leaves a request that refers to nothing as it came", async () => {
    const asked = call({ model: "m", input: "Hi" }, "req_1");
    expect((await expand(new ResponseHistory(stores), asked)).peek.bytes).toBe(asked.body);
  });
});
