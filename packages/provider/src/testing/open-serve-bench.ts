import type { UpstreamAnswer, UpstreamRequest } from "@copilot-llm/copilot";
import {
  type ApiKey,
  type ByteStream,
  type CatalogueModel,
  defaultSettings,
  type GatewayError,
  type KeyLimits,
  type UpstreamFailure,
  type UpstreamFailureKind,
} from "@copilot-llm/model";
import { createPool, type Pool } from "@copilot-llm/pool";
import { peekRequest } from "@copilot-llm/protocols";
import type { RecordedRequest } from "@copilot-llm/stores";
import type { Admitted } from "../serve/admit-request.js";
import { RequestTrace } from "../serve/request-trace.js";
import type { AccountSource } from "../serve/send-with-failover.js";
import type { ServeCall } from "../serve/serve-call.js";
import { type Bench, openBench } from "./open-bench.js";

/** What an account answers a request; a thrown error is what its connection threw. */
export type ScriptedAnswer = (request: UpstreamRequest) => UpstreamAnswer;

/** What serving stands on: real stores and a real pool, and accounts that answer what the test says. */
export interface ServeBench extends Bench {
  readonly pool: Pool;
  readonly accounts: AccountSource & { has(tokenId: string): boolean };
  /** What was sent, in order. */
  readonly sent: { readonly tokenId: string; readonly request: UpstreamRequest }[];
  /** Puts a token with these models into the pool; it gives these answers, the last one again and again. */
  addToken(tokenId: string, models: readonly CatalogueModel[], ...answers: readonly ScriptedAnswer[]): void;
  findRecord(id: string): Promise<RecordedRequest>;
}

export async function openServeBench(): Promise<ServeBench> {
  const bench = await openBench();
  const pool = createPool({ ...bench, maxConcurrencyPerToken: 1, maxWaiting: 0 });
  const scripts = new Map<string, ScriptedAnswer[]>();
  const sent: ServeBench["sent"] = [];
  return {
    ...bench,
    pool,
    sent,
    accounts: {
      has: (tokenId) => scripts.has(tokenId),
      alias: (tokenId) => `alias of ${tokenId}`,
      account: (tokenId) => ({
        send: async (request) => {
          sent.push({ tokenId, request });
          const script = scripts.get(tokenId) ?? [];
          const next = script.length > 1 ? script.shift() : script[0];
          if (next === undefined) throw new Error(`nothing is scripted for ${tokenId}`);
          return next(request);
        },
      }),
    },
    addToken(tokenId, models, ...answers) {
      scripts.set(tokenId, [...answers]);
      pool.addToken(tokenId, { enabled: true });
      pool.setCatalogue(tokenId, models);
    },
    async findRecord(id) {
      const found = await bench.stores.ledger.findRecord(id);
      if (found === null) throw new Error(`${id} is not on record`);
      return found;
    },
  };
}

/** An answer that has begun, with its body in these chunks. */
export function answered(chunks: readonly string[], headers: Readonly<Record<string, string>> = {}): ScriptedAnswer {
  return () => ({ ok: true, status: 200, headers, quotas: [], body: bodyOf(chunks) });
}

export function refused(
  kind: UpstreamFailureKind,
  error: Partial<UpstreamFailure["error"]> = {},
  retryAfterMs: number | null = null,
): ScriptedAnswer {
  const sent = { status: 500, code: null, message: "The service said no.", ...error };
  return () => ({
    ok: false,
    status: sent.status,
    headers: {},
    quotas: [],
    failure: { kind, retryAfterMs, error: sent },
  });
}

export function broken(error: Error | GatewayError): ScriptedAnswer {
  return () => {
    throw error;
  };
}

/** A body that comes as soon as it is started. */
export function bodyOf(chunks: readonly string[]): ByteStream {
  let aborted = false;
  return {
    start(sink) {
      for (const chunk of chunks) if (!aborted) sink.write(Buffer.from(chunk));
      if (!aborted) sink.end();
    },
    resume() {},
    abort() {
      aborted = true;
    },
  };
}

export function keyWith(limits: Partial<KeyLimits> = {}, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: "key_1",
    alias: "laptop",
    keyHash: "",
    keyPreview: "clp_",
    enabled: true,
    createdAtMs: 0,
    createdBy: null,
    note: "",
    expiresAtMs: null,
    allowedModels: null,
    githubTokenIds: null,
    limits: { ...defaultSettings.keyDefaults.limits, ...limits },
    recording: null,
    teamId: null,
    seat: null,
    replaced: null,
    ...changes,
  };
}

/** A Chat request, unless it says otherwise. */
export function callOf(body: object | string, changes: Partial<ServeCall> = {}): ServeCall {
  return {
    requestId: "req_1",
    operation: "generate",
    protocol: "openai-chat",
    principal: { kind: "api_key", key: keyWith() },
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
    wireHeaders: {},
    pinnedTokenId: null,
    clientIp: null,
    userAgent: null,
    signal: new AbortController().signal,
    ...changes,
  };
}

export const hello = { model: "model", messages: [{ role: "user", content: "Hello" }] };

/** A call as the first step leaves it, with its trace. */
export function admittedOf(
  bench: Bench,
  model: CatalogueModel,
  call = callOf(hello),
): { readonly admitted: Admitted; readonly trace: RequestTrace } {
  const peek = peekRequest(call.protocol, call.body);
  const trace = new RequestTrace(call, "full", bench.clock);
  trace.noteRequest(peek);
  trace.noteModel(model);
  const key = call.principal.kind === "api_key" ? call.principal.key : null;
  const conversationId = `key_1:${peek.conversationFingerprint}:1`;
  return { admitted: { call, key, peek, conversationId, onlyTokenIds: null, model }, trace };
}
