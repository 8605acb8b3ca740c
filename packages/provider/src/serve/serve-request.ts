import { type CatalogueModel, GatewayError } from "@copilot-llm/model";
import { type Exchange, encodeError, peekRequest, prepareExchange, type RequestPeek } from "@copilot-llm/protocols";
import { rateLimitHeaders } from "@copilot-llm/quota";
import { keyOf } from "../principal.js";
import { streamAnswer, wholeAnswer } from "./answer-request.js";
import type { Conversation } from "./conversations.js";
import { countTokens } from "./count-tokens.js";
import { recordingModeFor, recordRequest } from "./record-request.js";
import { RequestTrace } from "./request-trace.js";
import { reserveLimits } from "./reserve-limits.js";
import type { ExpandedRequest } from "./response-history.js";
import { restrictTokens } from "./restrict-tokens.js";
import { type Sent, sendWithFailover } from "./send-with-failover.js";
import type { ServeAnswer, ServeCall } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

/**
 * Serves one data request: peek -> resolve model -> reserve -> prepare -> lease a token and send -> answer -> record.
 * Always answers, in the client's protocol, and every answer is on record before its end reaches the client.
 */
export async function serveRequest(options: ServeOptions, call: ServeCall): Promise<ServeAnswer> {
  const trace = new RequestTrace(call, recordingModeFor(options, call), options.clock);
  try {
    const expanded = await options.responseHistory.expand(call, peekRequest(call.protocol, call.body));
    const { peek } = expanded;
    trace.conversation = await findConversation(options, call, expanded);
    const model = admit(options, trace, peek);
    await reserveLimits(options, trace, peek, model);
    if (call.operation === "count_tokens") {
      return await countTokens(options, trace, peek, model, async () => {
        const { exchange, sent } = await send(options, trace, peek, model);
        return await wholeAnswer(options, trace, exchange, sent, {});
      });
    }
    const { served, exchange, sent } = await sendOnFirstServing(options, trace, peek, model);
    const limits: Record<string, string> = {
      ...rateLimitHeaders(trace.limitUsage, call.protocol, options.clock.nowMs()),
    };
    if (served.id !== model.id) limits["x-model-served"] = served.id;
    return peek.stream && call.operation === "generate"
      ? streamAnswer(options, trace, exchange, sent, limits)
      : await wholeAnswer(options, trace, exchange, sent, limits);
  } catch (error) {
    return await refuse(options, trace, GatewayError.from(error));
  }
}

async function findConversation(
  { conversations }: ServeOptions,
  call: ServeCall,
  { peek, conversationId }: ExpandedRequest,
): Promise<Conversation> {
  const known = call.conversationId ?? conversationId;
  return known === null ? await conversations.find(call, peek) : { id: known, end: () => {} };
}

/** Notes what the request asks for and finds the model that serves it. Throws what forbids it. */
function admit(options: ServeOptions, trace: RequestTrace, peek: RequestPeek): CatalogueModel {
  const { call } = trace;
  const key = keyOf(call.principal);
  trace.modelAsked = peek.model;
  trace.stream = peek.stream;
  trace.initiator = peek.initiator;
  trace.startsConversation = peek.startsConversation;
  trace.onlyTokenIds = restrictTokens(options.accounts, key, call.pinnedTokenId);
  const model = options.models.resolve({
    asked: peek.model,
    protocol: call.protocol,
    key,
    onlyTokenIds: trace.onlyTokenIds,
    aliases: options.settings().modelAliases,
  });
  trace.model = model;
  return model;
}

interface SentRequest {
  readonly served: CatalogueModel;
  readonly exchange: Exchange;
  readonly sent: Sent;
}

/** Sends on the model, or, where an admin configured it, on the next of its fallbacks that a token can serve. */
async function sendOnFirstServing(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<SentRequest> {
  const key = keyOf(trace.call.principal);
  const { modelFallbacks, modelAliases } = options.settings();
  const fallbacks = Object.hasOwn(modelFallbacks, model.id) ? (modelFallbacks[model.id] ?? []) : [];
  const candidates = [model, ...fallbacks.flatMap((id) => options.models.find(id, key, modelAliases) ?? [])];
  let refusal: GatewayError | null = null;
  for (const candidate of candidates) {
    try {
      return await send(options, trace, peek, candidate);
    } catch (error) {
      refusal = GatewayError.from(error);
      if (!isNoTokenLeft(refusal)) break;
    }
  }
  throw refusal ?? new GatewayError("unavailable", "No model is left to serve this request.");
}

function isNoTokenLeft(error: GatewayError): boolean {
  return error.code === "no_token_available" || error.code === "quota_exceeded" || error.code === "unavailable";
}

async function send(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<SentRequest> {
  const { call } = trace;
  const exchange = await prepareExchange(call, peek, model);
  trace.model = model;
  trace.wire = exchange.wire;
  const request = {
    path: exchange.path,
    modelId: model.id,
    body: exchange.body,
    headers: exchange.headers,
    initiator: peek.initiator,
    hasImages: peek.hasImages,
    interactionId: options.interactionIds.next(trace.conversation.id, peek.initiator),
    signal: call.signal,
  };
  const sent = await sendWithFailover(options, trace, request, () => exchange.withoutReasoning());
  return { served: model, exchange, sent };
}

/** The error in the client's protocol, on record like any other answer. */
async function refuse(options: ServeOptions, trace: RequestTrace, error: GatewayError): Promise<ServeAnswer> {
  const { call } = trace;
  if (error.code === "internal") options.log.error("serving a request failed", { request_id: call.requestId, error });
  const encoded = encodeError(call.protocol, error, call.requestId);
  const body = Buffer.from(JSON.stringify(encoded.body));
  const outcome = error.code === "client_closed" ? "aborted" : "failed";
  // While records cannot be written, what is refused for it stands in the log only: a queue of them could grow forever.
  if (options.stores.health().ok || options.servesUnrecorded) {
    await recordRequest(options, trace, {
      outcome,
      status: encoded.status,
      error,
      usage: null,
      response: body,
    });
  } else await options.stores.ledger.release(call.requestId).catch(() => {});
  const limits = rateLimitHeaders(trace.limitUsage, call.protocol, options.clock.nowMs());
  const headers = { "content-type": "application/json", ...limits, ...encoded.headers };
  return { status: encoded.status, headers, body, error, trace };
}
