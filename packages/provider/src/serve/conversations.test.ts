import type { User } from "@copilot-llm/model";
import { peekRequest } from "@copilot-llm/protocols";
import type { Stores } from "@copilot-llm/stores";
import { describe, expect, test } from "vitest";
import { createSystemClock } from "../system-clock.js";
import { openBench } from "../testing/open-bench.js";
import { Conversations } from "./conversations.js";
import { RequestTrace } from "./request-trace.js";
import type { ServeCall } from "./serve-call.js";

const user: User = {
  id: "usr_1",
  username: "u",
  passwordHash: "",
  role: "admin",
  createdAtMs: 0,
  lastSignInAtMs: null,
  externalId: null,
};

/** Asks in one store, with the history as alternating texts of user and assistant. Gives the conversation's id. */
function createAsker(stores: Stores) {
  let conversations = new Conversations(stores);
  let requests = 0;
  async function ask(history: readonly string[], { answered = true, recorded = true, operation = "generate" } = {}) {
    requests += 1;
    const messages = history.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
    const call: ServeCall = {
      requestId: `req_${String(requests).padStart(26, "0")}`,
      operation: operation as ServeCall["operation"],
      protocol: "openai-chat",
      principal: { kind: "session", user },
      body: Buffer.from(JSON.stringify({ model: "m", messages })),
      wireHeaders: {},
      pinnedTokenId: null,
      clientIp: null,
      userAgent: null,
      signal: new AbortController().signal,
    };
    const conversation = await conversations.find(call, peekRequest(call.protocol, call.body));
    conversation.end(answered);
    if (recorded) await append(stores, call, conversation.id);
    return conversation.id;
  }
  return {
    ask,
    /** As after a restart, or on another gateway. */
    forget: () => {
      conversations = new Conversations(stores);
    },
  };
}

async function append(stores: Stores, call: ServeCall, id: string): Promise<void> {
  const trace = new RequestTrace(call, "full", createSystemClock());
  trace.noteConversation({ id, end: () => {} });
  const ending = { status: 200, errorCode: null, usage: null, premiumUnits: 0, nanoAiu: null };
  const record = trace.record({ ...ending, outcome: "completed" });
  const bodies = { request: call.body, response: Buffer.from("{}") };
  await stores.ledger.append({ record, bodies, charges: { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 } });
}

const open = async () => createAsker((await openBench()).stores);

describe("the conversation of a request", () => {
  test("is its own although another began with the same words, and goes on with its own history", async () => {
    const { ask } = await open();
    const cats = await ask(["hi"]);
    const dogs = await ask(["hi"]);
    expect(dogs).not.toBe(cats);
    expect(await ask(["hi", "hello", "cats"])).toBe(cats);
    expect(await ask(["hi", "hello", "dogs"])).toBe(dogs);
    expect(await ask(["hi", "hello", "cats", "meow", "more"])).toBe(cats);
    expect(await ask(["hi", "hello", "dogs", "woof", "more"])).toBe(dogs);
  });

  test("is the later one of two that follow each other", async () => {
    const { ask } = await open();
    const first = await ask(["hi"]);
    await ask(["hi", "hello", "cats"]);
    const second = await ask(["hi"]);
    expect(await ask(["hi", "hello", "dogs"])).toBe(second);
    expect(second).not.toBe(first);
  });

  test("stays the same where the history is edited, branched, cut or asked again", async () => {
    const { ask } = await open();
    const id = await ask(["q1"]);
    await ask(["q1", "a1", "q2"]);
    await ask(["q1", "a1", "q2", "a2", "q3"]);
    expect(await ask(["q1", "a1", "q2 in other words"])).toBe(id);
    expect(await ask(["q1", "a1", "q2 in other words", "a2'", "q3'"])).toBe(id);
    expect(await ask(["q1", "a1", "q2", "a2", "q3"])).toBe(id);
    expect(await ask(["q1", "a1", "q2", "shortened by the client", "q3", "a3", "q4"])).toBe(id);
  });

  test("is the same for a beginning that got no answer and is sent again", async () => {
    const { ask } = await open();
    const id = await ask(["hi"], { answered: false });
    expect(await ask(["hi"])).toBe(id);
    expect(await ask(["hi"])).not.toBe(id);
  });

  test("is the same for what is counted before it is asked", async () => {
    const { ask } = await open();
    const id = await ask(["hi"], { operation: "count_tokens" });
    expect(await ask(["hi"])).toBe(id);
  });

  test("is found on record after a restart and by another gateway", async () => {
    const { ask, forget } = await open();
    const cats = await ask(["hi"]);
    const dogs = await ask(["hi"]);
    await ask(["hi", "hello", "cats"]);
    await ask(["hi", "hello", "dogs"]);
    forget();
    expect(await ask(["hi", "hello", "dogs", "woof", "more"])).toBe(dogs);
    expect(await ask(["hi", "hello", "cats", "meow", "more"])).toBe(cats);
    forget();
    expect([cats, dogs]).not.toContain(await ask(["hi"]));
  });

  test("is new for a history that nobody has seen, and keeps the examples of a prompt apart", async () => {
    const { ask } = await open();
    const one = await ask(["example", "its answer", "question one"]);
    const two = await ask(["example", "its answer", "question two"]);
    expect(one).not.toBe(two);
    expect(await ask(["example", "its answer", "question two", "answer", "go on"])).toBe(two);
  });
});
