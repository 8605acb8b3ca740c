import { readAll } from "@copilot-llm/copilot";
import { estimateTokens, type ReportedUsage } from "@copilot-llm/model";
import type { AnswerIds, Exchange, TapResult } from "@copilot-llm/protocols";
import { randomBase62 } from "../random-text.js";
import { recordRequest } from "./record-request.js";
import { RecordedStream } from "./recorded-stream.js";
import type { RequestTrace } from "./request-trace.js";
import type { Sent } from "./send-with-failover.js";
import type { ServeAnswer } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

const idCharacters = 24;

/** A streamed answer. It is recorded, and its token given back, when it ends or its consumer aborts it. */
export function streamAnswer(
  options: ServeOptions,
  trace: RequestTrace,
  exchange: Exchange,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
): ServeAnswer {
  const { call } = trace;
  const { status, headers } = sent.answer;
  const body = new RecordedStream({
    source: sent.answer.body,
    answer: exchange.openStream(answerIds(options, trace)),
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
  const type = exchange.keepsContentType ? headers["content-type"] : undefined;
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
    inputTokens: estimateTokens(promptBytes),
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
  exchange: Exchange,
  sent: Sent,
  limits: Readonly<Record<string, string>>,
): Promise<ServeAnswer> {
  const { status, headers } = sent.answer;
  try {
    const received = await readAll(sent.answer.body, options.maxAnswerBytes);
    trace.noteFirstToken();
    const { body, usage } = exchange.readAnswer(received, answerIds(options, trace));
    const ended = { outcome: "completed", status, error: null, usage, response: body } as const;
    const failure = await recordRequest(options, trace, ended);
    if (failure !== null) throw failure;
    const type = exchange.keepsContentType ? headers["content-type"] : undefined;
    return { status, headers: { ...limits, "content-type": type ?? "application/json" }, body, error: null, trace };
  } finally {
    sent.lease.release();
  }
}

function answerIds(options: ServeOptions, trace: RequestTrace): AnswerIds {
  return {
    requestId: trace.call.requestId,
    nowSeconds: Math.floor(options.clock.nowMs() / 1_000),
    createId: (prefix) => prefix + randomBase62(options.randomness, idCharacters),
  };
}
