import { readAll } from "@copilot-llm/copilot";
import type { JsonObject, Protocol, ReportedUsage } from "@copilot-llm/model";
import {
  type AnswerIds,
  createItemIdPinner,
  createStreamTranslator,
  createUsageTap,
  encodeEmbeddingsAsBase64,
  mergeChoices,
  type TapResult,
  translateResponse,
} from "@copilot-llm/protocols";
import { randomBase62 } from "../random-text.js";
import { createPassThroughChannel, createTranslatingChannel } from "./answer-channel.js";
import type { PreparedRequest } from "./prepare-request.js";
import { recordRequest } from "./record-request.js";
import { RecordedStream } from "./recorded-stream.js";
import type { RequestTrace } from "./request-trace.js";
import type { Sent } from "./send-with-failover.js";
import type { ServeAnswer } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

const idCharacters = 24;
const bytesPerToken = 4;

/** A streamed answer. It is recorded, and its token given back, when it ends or its consumer aborts it. */
export function streamAnswer(
  options: ServeOptions,
  trace: RequestTrace,
  prepared: PreparedRequest,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
): ServeAnswer {
  const { call } = trace;
  const { status, headers } = sent.answer;
  const channel =
    prepared.plan === null
      ? createPassThroughChannel(
          createUsageTap(prepared.wire, "stream"),
          call.requestId,
          prepared.wire === "openai-responses" ? createItemIdPinner() : null,
        )
      : createTranslatingChannel(createStreamTranslator(prepared.plan, answerIds(options, trace)));
  const body = new RecordedStream({
    source: sent.answer.body,
    channel,
    protocol: call.protocol,
    requestId: call.requestId,
    recordBody: trace.recording === "full",
    clock: options.clock,
    heartbeatMs: options.heartbeatMs,
    onFirstToken: () => trace.noteFirstToken(),
    settle: ({ outcome, error, tapped, response }) => {
      sent.lease.release();
      const usage = withEstimate(tapped, call.body.length);
      return recordRequest(options, trace, { outcome, status, error, usage, response });
    },
  });
  const type = prepared.plan === null ? headers["content-type"] : undefined;
  return {
    status,
    headers: {
      ...limits,
      "content-type": type ?? "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
    },
    body,
    error: null,
    trace,
  };
}

/** What the upstream counted; where it told nothing, the tokens by size, so that no answer goes on record as free. */
function withEstimate({ usage, terminal, estimatedOutputTokens }: TapResult, promptBytes: number): ReportedUsage {
  if (usage.tokens !== null || !terminal) return usage;
  const tokens = {
    inputTokens: Math.ceil(promptBytes / bytesPerToken),
    outputTokens: estimatedOutputTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  };
  return { ...usage, tokens };
}

/** A whole answer, recorded before it is returned. Throws what the upstream's body turns out to be. */
export async function wholeAnswer(
  options: ServeOptions,
  trace: RequestTrace,
  prepared: PreparedRequest,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
  request: JsonObject,
): Promise<ServeAnswer> {
  const { status, headers } = sent.answer;
  try {
    const received = await readAll(sent.answer.body, options.maxAnswerBytes);
    trace.noteFirstToken();
    const tap = createUsageTap(prepared.wire, "json");
    tap.push(received);
    const { usage } = tap.finish();
    const body =
      prepared.plan === null
        ? finishOwnAnswer(prepared.wire, request, received)
        : translateResponse(prepared.plan, received, answerIds(options, trace));
    const ended = { outcome: "completed", status, error: null, usage, response: body } as const;
    const failure = await recordRequest(options, trace, ended);
    if (failure !== null) throw failure;
    const type = prepared.plan === null ? headers["content-type"] : undefined;
    return { status, headers: { ...limits, "content-type": type ?? "application/json" }, body, error: null, trace };
  } finally {
    sent.lease.release();
  }
}

/**
 * The answer as it came, save a Chat answer that the service split over choices (upstream.md B6), and embeddings in
 * base64, which it does not make (B9).
 */
function finishOwnAnswer(wire: Protocol, request: JsonObject, received: Uint8Array): Uint8Array {
  if (wire === "openai-chat") return mergeChoices(request, received);
  if (wire !== "openai-embeddings" || request.encoding_format !== "base64") return received;
  const parsed = JSON.parse(Buffer.from(received).toString()) as JsonObject;
  return Buffer.from(JSON.stringify(encodeEmbeddingsAsBase64(parsed)));
}

function answerIds(options: ServeOptions, trace: RequestTrace): AnswerIds {
  return {
    requestId: trace.call.requestId,
    nowSeconds: Math.floor(options.clock.nowMs() / 1_000),
    createId: (prefix) => prefix + randomBase62(options.randomness, idCharacters),
  };
}
