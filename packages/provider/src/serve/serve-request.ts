import { readAll, type UpstreamPath, type UpstreamSuccess } from "@copilot-llm/copilot";
import {
  type ByteStream,
  type CatalogueModel,
  type Charges,
  type ClaimUsage,
  type Clock,
  GatewayError,
  type Log,
  type Protocol,
  type RecordingMode,
  type ReportedUsage,
  type Settings,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import { createUsageTap, encodeError, peekRequest, type RequestPeek, replaceModel } from "@copilot-llm/protocols";
import { actualCharges, estimateCharges, limitClaims, rateLimitHeaders, refusal } from "@copilot-llm/quota";
import type { Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import type { ModelDirectory } from "../model-directory.js";
import { keyOf, principalId } from "../principal.js";
import type { InteractionIds } from "./interaction-ids.js";
import { RecordedStream, type StreamEnd } from "./recorded-stream.js";
import { RequestTrace } from "./request-trace.js";
import { restrictTokens } from "./restrict-tokens.js";
import { type Sent, sendWithFailover } from "./send-with-failover.js";
import type { ServeAnswer, ServeCall } from "./serve-call.js";

const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

export interface ServeOptions {
  readonly stores: Stores;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly models: ModelDirectory;
  readonly interactionIds: InteractionIds;
  readonly clock: Clock;
  readonly log: Log;
  /** The settings as they stand; read once per request. */
  readonly settings: () => Settings;
  /** What `Settings.recording` falls back to. */
  readonly recording: RecordingMode;
  /** Until when after its start a request may move on to another token. */
  readonly failoverDeadlineMs: number;
  readonly heartbeatMs: number;
  /** A longer non-streamed answer is an error. */
  readonly maxAnswerBytes: number;
}

/**
 * Serves one data request: peek -> resolve model -> reserve -> lease a token -> send -> stream -> record. Always answers,
 * in the client's protocol, and every answer is on record before its end reaches the client.
 */
export async function serveRequest(options: ServeOptions, call: ServeCall): Promise<ServeAnswer> {
  const trace = new RequestTrace(call, recordingFor(options, call), options.clock);
  let reserved: readonly ClaimUsage[] = [];
  try {
    const peek = peekRequest(call.protocol, call.body);
    const model = admitModel(options, trace, peek);
    reserved = await reserve(options, trace, peek, model);
    const sent = await send(options, trace, peek, model);
    const limits = rateLimitHeaders(reserved, call.protocol, options.clock.nowMs());
    return peek.stream && call.operation === "generate"
      ? streamAnswer(options, trace, sent, limits)
      : await wholeAnswer(options, trace, sent, limits);
  } catch (error) {
    return await refuse(options, trace, GatewayError.from(error), reserved);
  }
}

function recordingFor(options: ServeOptions, call: ServeCall): RecordingMode {
  const gateway = options.settings().recording ?? options.recording;
  const own = keyOf(call.principal)?.recording ?? gateway;
  const order: readonly RecordingMode[] = ["off", "metadata", "full"];
  return order.indexOf(own) < order.indexOf(gateway) ? own : gateway;
}

function admitModel(options: ServeOptions, trace: RequestTrace, peek: RequestPeek): CatalogueModel {
  const { call } = trace;
  const key = keyOf(call.principal);
  trace.modelAsked = peek.model;
  trace.stream = peek.stream;
  trace.initiator = peek.initiator;
  trace.conversationId = `${principalId(call.principal)}:${peek.conversationFingerprint}`;
  trace.startsConversation = peek.startsConversation;
  const model = options.models.resolve({
    asked: peek.model,
    protocol: call.protocol,
    key,
    onlyTokenIds: restrictTokens(options.accounts, key, call.pinnedTokenId),
    aliases: options.settings().modelAliases,
  });
  trace.model = model;
  trace.wire = chooseWire(model, call.protocol);
  return model;
}

/** The client's own protocol, where the model speaks it. */
function chooseWire(model: CatalogueModel, protocol: Protocol): Protocol {
  if (protocol === "openai-embeddings") {
    if (model.kind === "embeddings") return protocol;
    throw new GatewayError("invalid_request", `The model \`${model.id}\` does not make embeddings.`, {
      param: "model",
    });
  }
  if (model.wires.includes(protocol)) return protocol;
  const can = model.wires.length === 0 ? "It serves embeddings only." : `It speaks ${model.wires.join(", ")}.`;
  throw new GatewayError("invalid_request", `The model \`${model.id}\` does not speak this API. ${can}`, {
    param: "model",
  });
}

async function reserve(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<readonly ClaimUsage[]> {
  const health = options.stores.health();
  if (!health.ok)
    throw new GatewayError("unavailable", "The gateway cannot record requests at the moment.", {
      cause: health.reason,
    });
  const key = keyOf(trace.call.principal);
  const claims = key === null || trace.call.operation === "count_tokens" ? [] : limitClaims(key);
  if (key === null || claims.length === 0) return [];
  const result = await options.stores.ledger.reserve({
    id: trace.call.requestId,
    keyId: key.id,
    atMs: trace.startedAtMs,
    amounts: estimateCharges({
      model,
      initiator: peek.initiator,
      promptBytes: trace.call.body.length,
      maxOutputTokens: peek.maxOutputTokens,
    }),
    claims,
  });
  if (result.granted) return result.usage;
  throw refusal(result.refused, key, options.clock.nowMs());
}

const paths: Readonly<Record<Protocol, UpstreamPath>> = {
  "openai-chat": "/chat/completions",
  "openai-responses": "/responses",
  "anthropic-messages": "/v1/messages",
  "openai-embeddings": "/embeddings",
};

function send(options: ServeOptions, trace: RequestTrace, peek: RequestPeek, model: CatalogueModel): Promise<Sent> {
  const { call } = trace;
  return sendWithFailover(options, trace, {
    path: call.operation === "count_tokens" ? "/v1/messages/count_tokens" : paths[call.protocol],
    modelId: model.id,
    body: replaceModel(call.body, peek, model.id),
    headers: call.wireHeaders,
    initiator: peek.initiator,
    hasImages: peek.hasImages,
    interactionId: options.interactionIds.next(trace.conversationId, peek.initiator),
    signal: call.signal,
  });
}

function answerHeaders(answer: UpstreamSuccess, limits: Readonly<Record<string, string>>): Record<string, string> {
  return { ...limits, "content-type": answer.headers["content-type"] ?? "application/json" };
}

function streamAnswer(
  options: ServeOptions,
  trace: RequestTrace,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
): ServeAnswer {
  const { call } = trace;
  const body = new RecordedStream({
    source: sent.answer.body,
    protocol: call.protocol,
    tap: createUsageTap(call.protocol, "stream"),
    requestId: call.requestId,
    recordBody: trace.recording === "full",
    clock: options.clock,
    heartbeatMs: options.heartbeatMs,
    onFirstToken: () => trace.noteFirstToken(),
    settle: async (end) => {
      sent.lease.release();
      await recordStream(options, trace, sent.answer.status, end);
    },
  });
  const headers = { ...answerHeaders(sent.answer, limits), "cache-control": "no-cache", "x-accel-buffering": "no" };
  return { status: sent.answer.status, headers, body, error: null, trace };
}

async function recordStream(options: ServeOptions, trace: RequestTrace, status: number, end: StreamEnd): Promise<void> {
  const charges = charge(trace, end.tapped.usage, end.outcome);
  await append(options, trace, {
    outcome: end.outcome,
    status,
    error: end.error,
    usage: end.tapped.usage,
    charges,
    response: end.response,
  });
}

async function wholeAnswer(
  options: ServeOptions,
  trace: RequestTrace,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
): Promise<ServeAnswer> {
  const { call } = trace;
  try {
    const body = await readWhole(sent.answer.body, options.maxAnswerBytes, call.signal);
    trace.noteFirstToken();
    const tap = createUsageTap(call.protocol, "json");
    tap.push(body);
    const { usage } = tap.finish();
    const charges = charge(trace, usage, "completed");
    await append(options, trace, {
      outcome: "completed",
      status: sent.answer.status,
      error: null,
      usage,
      charges,
      response: body,
    });
    return { status: sent.answer.status, headers: answerHeaders(sent.answer, limits), body, error: null, trace };
  } finally {
    sent.lease.release();
  }
}

function readWhole(body: ByteStream, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const hangUp = (): void => {
      body.abort();
      reject(new GatewayError("client_closed", "The client hung up."));
    };
    if (signal.aborted) {
      hangUp();
      return;
    }
    signal.addEventListener("abort", hangUp, { once: true });
    readAll(body, maxBytes)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", hangUp));
  });
}

async function refuse(
  options: ServeOptions,
  trace: RequestTrace,
  error: GatewayError,
  reserved: readonly ClaimUsage[],
): Promise<ServeAnswer> {
  const { call } = trace;
  if (error.code === "internal") options.log.error("serving a request failed", { request_id: call.requestId, error });
  const encoded = encodeError(call.protocol, error, call.requestId);
  const body = Buffer.from(JSON.stringify(encoded.body));
  const hungUp = error.code === "client_closed";
  await append(options, trace, {
    outcome: hungUp ? "aborted" : "failed",
    status: encoded.status,
    error,
    usage: null,
    charges: hungUp && trace.attempts > 0 ? charge(trace, null, "aborted") : noCharges,
    response: body,
  });
  const limits = rateLimitHeaders(reserved, call.protocol, options.clock.nowMs());
  const headers = { "content-type": "application/json", ...limits, ...encoded.headers };
  return { status: encoded.status, headers, body, error, trace };
}

function charge(trace: RequestTrace, usage: ReportedUsage | null, outcome: StreamEnd["outcome"]): Charges {
  if (trace.model === null || trace.call.operation === "count_tokens") return noCharges;
  const promptBytes = trace.call.body.length;
  return actualCharges({ model: trace.model, initiator: trace.initiator, usage, outcome, promptBytes });
}

interface Appended {
  readonly outcome: StreamEnd["outcome"];
  readonly status: number;
  readonly error: GatewayError | null;
  readonly usage: ReportedUsage | null;
  readonly charges: Charges;
  readonly response: Uint8Array | null;
}

/** Never rejects: an answer that the upstream has charged for is worth more to its client than our failure to write. */
async function append(options: ServeOptions, trace: RequestTrace, ended: Appended): Promise<void> {
  const full = trace.recording === "full" && ended.response !== null;
  const bodies = full ? { request: trace.call.body, response: ended.response } : null;
  const record = trace.record({
    outcome: ended.outcome,
    status: ended.status,
    errorCode: ended.error?.code ?? null,
    usage: ended.usage,
    premiumUnits: ended.charges.premiumUnits,
    nanoAiu: ended.usage === null ? null : ended.charges.nanoAiu,
  });
  try {
    await options.stores.ledger.append({ record, bodies, charges: ended.charges });
  } catch (error) {
    options.log.error("a request could not be recorded", { request_id: record.id, record, error });
    await options.stores.ledger.release(record.id).catch(() => {});
  }
}
