import { readAll } from "@copilot-llm/copilot";
import { type Clock, estimateTokens, type Randomness, type ReportedUsage } from "@copilot-llm/model";
import type { AnswerIds, TapResult } from "@copilot-llm/protocols";
import { randomBase62 } from "../identity/random-text.js";
import type { RecordRequest } from "./record-request.js";
import { RecordedStream } from "./recorded-stream.js";
import type { RequestTrace } from "./request-trace.js";
import type { Sent } from "./send-request.js";
import type { ServeAnswer } from "./serve-call.js";

export interface AnswerOptions {
  readonly record: RecordRequest;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly heartbeatMs: number;
  /** A longer non-streamed answer is an error. */
  readonly maxAnswerBytes: number;
}

type Headers = Readonly<Record<string, string>>;

/** Turns what was sent into the client's answer, with the gateway's own headers, and gives the token back. */
export interface AnswerRequest {
  /** A streamed answer. It is recorded, and its token given back, when it ends or its consumer aborts it. */
  stream(sent: Sent, trace: RequestTrace, headers: Headers): ServeAnswer;
  /** A whole answer, recorded before it is returned. Rejects with what the upstream's body turns out to be. */
  whole(sent: Sent, trace: RequestTrace, headers: Headers): Promise<ServeAnswer>;
}

const idCharacters = 24;

export function createAnswerRequest(options: AnswerOptions): AnswerRequest {
  const { record, clock, randomness, heartbeatMs, maxAnswerBytes } = options;

  const answerIds = (requestId: string): AnswerIds => ({
    requestId,
    nowSeconds: Math.floor(clock.nowMs() / 1_000),
    createId: (prefix) => prefix + randomBase62(randomness, idCharacters),
  });

  return {
    stream({ exchange, lease, answer }, trace, headers) {
      const { call } = trace;
      const { status } = answer;
      const body = new RecordedStream({
        source: answer.body,
        answer: exchange.openStream(answerIds(call.requestId)),
        recordBody: trace.recording === "full",
        clock,
        heartbeatMs,
        onFirstToken: () => trace.noteFirstToken(),
        settle: ({ outcome, error, tapped, response }) => {
          lease.release();
          const usage = withEstimate(tapped, call.body.length);
          return record(trace, { outcome, status, error, usage, response });
        },
      });
      const type = contentType({ exchange, answer }, "text/event-stream; charset=utf-8");
      const own = { "content-type": type, "cache-control": "no-cache", "x-accel-buffering": "no" };
      return { status, headers: { ...headers, ...own }, body, error: null, trace };
    },

    async whole({ exchange, lease, answer }, trace, headers) {
      const { status } = answer;
      try {
        const received = await readAll(answer.body, maxAnswerBytes);
        trace.noteFirstToken();
        const { body, usage } = exchange.readAnswer(received, answerIds(trace.call.requestId));
        const failure = await record(trace, { outcome: "completed", status, error: null, usage, response: body });
        if (failure !== null) throw failure;
        const type = contentType({ exchange, answer }, "application/json");
        return { status, headers: { ...headers, "content-type": type }, body, error: null, trace };
      } finally {
        lease.release();
      }
    },
  };
}

function contentType({ exchange, answer }: Pick<Sent, "exchange" | "answer">, translated: string): string {
  return (exchange.keepsContentType ? answer.headers["content-type"] : undefined) ?? translated;
}

/** What the upstream counted; where it counted nothing, the tokens by size, so that no answer goes on record as free. */
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
