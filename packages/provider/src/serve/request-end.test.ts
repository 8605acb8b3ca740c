import { randomUUID } from "node:crypto";
import { GatewayError, type RequestRecord, Secret } from "@copilot-llm/model";
import type { Simulator } from "@copilot-llm/simulator";
import type { Stores } from "@copilot-llm/stores";
import { expect, it, onTestFinished } from "vitest";
import { createProvider, type Provider } from "../provider.js";
import { openBench, silentLog } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { CollectingSink } from "../testing/scripted-source.js";
import type { ServeAnswer } from "./serve-call.js";

interface Observed {
  readonly provider: Provider;
  readonly simulator: Simulator;
  /** What a follower of the requests was told, in order. */
  readonly watched: unknown[];
  /** What was told, in order. */
  readonly ends: RequestRecord[];
  /** From now on records cannot be written. */
  failAppends(): void;
  send(body: object): Promise<ServeAnswer>;
}

async function open(traceparent: string | null = null): Promise<Observed> {
  const { stores, clock, randomness } = await openBench();
  const { upstream, simulator } = await openUpstream(["alice", "bob"]);
  const watched: unknown[] = [];
  const ends: RequestRecord[] = [];
  let failing = false;
  const append: Stores["ledger"]["append"] = (entry) =>
    failing ? Promise.reject(new GatewayError("unavailable", "The disk is full.")) : stores.ledger.append(entry);
  const ledger = new Proxy(stores.ledger, {
    get(target, name) {
      if (name === "append") return append;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const provider = await createProvider({
    stores: { ...stores, ledger, health: () => (failing ? { ok: false, reason: "full" } : { ok: true }) },
    upstream,
    clock,
    randomness,
    log: silentLog,
    legacyKey: null,
    recording: "full",
    recordingRetentionDays: 90,
    servesUnrecorded: false,
    maxRequestBytes: 1_000_000,
    failoverDeadlineMs: 10_000,
    heartbeatMs: 15_000,
    maxAnswerBytes: 1 << 20,
    onRequestEnd: (record) => ends.push(record),
    watchRequest: ({ requestId }) => ({
      startAttempt({ tokenId, modelId }) {
        watched.push(["start", tokenId, modelId]);
        return { traceparent, answer: ({ failure, status }) => watched.push(["answer", failure, status]) };
      },
      end: ({ id, outcome }) => watched.push(["end", id === requestId, outcome]),
    }),
  });
  onTestFinished(() => provider.close());
  for (const alias of ["alice", "bob"]) {
    const credential = { kind: "user", token: new Secret(githubTokenOf(alias)) } as const;
    await provider.tokens.create("test", { alias, enabled: true, credential });
  }
  return {
    provider,
    simulator,
    watched,
    ends,
    failAppends: () => {
      failing = true;
    },
    send: (body) =>
      provider.serve({
        requestId: `req_${randomUUID()}`,
        operation: "generate",
        protocol: "openai-chat",
        principal: { kind: "legacy_key" },
        body: Buffer.from(JSON.stringify({ messages: [{ role: "user", content: "hi" }], ...body })),
        wireHeaders: {},
        pinnedTokenId: null,
        clientIp: null,
        userAgent: null,
        signal: new AbortController().signal,
      }),
  };
}

/** Reads a stream to its end. */
async function drain({ body }: ServeAnswer): Promise<string> {
  if (body instanceof Uint8Array) throw new Error("the answer is no stream");
  const sink = new CollectingSink();
  body.start(sink);
  await expect.poll(() => sink.ended).toBe(true);
  return sink.text;
}

it("is told once for each request, as it is on record", async () => {
  const { ends, send, provider } = await open();
  await send({ model: "gpt-5-mini" });
  await send({ model: "no-such-model" });
  const streamed = await send({ model: "gpt-5-mini", stream: true });
  expect(ends).toHaveLength(2);
  expect(streamed.trace.ended).toBeNull();
  await drain(streamed);
  expect(ends.map(({ outcome, errorCode }) => [outcome, errorCode])).toEqual([
    ["completed", null],
    ["failed", "model_not_found"],
    ["completed", null],
  ]);
  expect(streamed.trace.ended).toBe(ends[2]);
  const { sessions } = await provider.sessions.list({ limit: 10 });
  expect(sessions.map(({ latest }) => latest)).toEqual(expect.arrayContaining([ends[0], ends[2]]));
});

it("tells what the client got of a request that could not be recorded", async () => {
  const { ends, send, failAppends } = await open();
  const streamed = await send({ model: "gpt-5-mini", stream: true });
  failAppends();
  expect(await drain(streamed)).toContain("The disk is full.");
  const refused = await send({ model: "gpt-5-mini" });
  expect(refused.status).toBe(503);
  expect(ends.map(({ outcome, errorCode, usage }) => [outcome, errorCode, usage !== null])).toEqual([
    ["failed", "unavailable", true],
    ["failed", "unavailable", false],
  ]);
});

it("is followed try by try, and nothing of that reaches the upstream unless it is given", async () => {
  const quiet = await open();
  quiet.simulator.faults.add({ name: "server-error", endpoint: "/chat/completions", times: 1 });
  await drain(await quiet.send({ model: "gpt-5-mini", stream: true }));
  const [first, second] = (await quiet.provider.tokens.list()).map(({ token }) => token.id);
  expect(quiet.watched).toEqual([
    ["start", first, "gpt-5-mini"],
    ["answer", "unreachable", 500],
    ["start", second, "gpt-5-mini"],
    ["answer", null, 200],
    ["end", true, "completed"],
  ]);
  for (const { headers } of quiet.simulator.requests.to("/chat/completions")) {
    expect(Object.keys(headers)).not.toContain("traceparent");
  }

  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const told = await open(traceparent);
  await told.send({ model: "gpt-5-mini" });
  expect(told.simulator.requests.to("/chat/completions")[0]?.headers).toMatchObject({ traceparent });
});
