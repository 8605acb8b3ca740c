import { readAll } from "@copilot-llm/copilot";
import {
  type Clock,
  estimateTokens,
  GatewayError,
  type Randomness,
  type ReportedUsage,
  type RequestOutcome,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { AnswerIds, ReadAnswer, TapResult } from "@copilot-llm/protocols";
import { randomBase62 } from "../identity/random-text.js";
import { addStreamHeaders } from "./add-stream-headers.js";
import type { EndRequest } from "./end-request.js";
import type { RecordRequest } from "./record-request.js";
import { RecordedStream } from "./recorded-stream.js";
import type { RequestTrace } from "./request-trace.js";
import type { Sent } from "./send-request.js";
import type { Accepted } from "./send-with-failover.js";
import type { ServeAnswer } from "./serve-call.js";

export interface AnswerOptions {
  readonly pool: Pick<Pool, "reportBroken">;
  readonly record: RecordRequest;
  /** For streams: whoever gets a whole answer tells that it has ended. */
  readonly end: EndRequest;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly heartbeatMs: number;
  /** A longer non-streamed answer is an error. */
  readonly maxAnswerBytes: number;
}

/** They become the answer's: its own are added to them. */
type Headers = Record<string, string>;

/** Turns what was sent into the client's answer, with the gateway's own headers, and gives the token back. */
export interface AnswerRequest {
  /** A streamed answer. It is recorded, and its token given back, when it ends or its consumer aborts it. */
  stream(sent: Sent, trace: RequestTrace, headers: Headers): ServeAnswer;
  /** A whole answer, recorded before it is returned. Rejects with what the upstream's body turns out to be. */
  whole(sent: Sent, trace: RequestTrace, headers: Headers): Promise<ServeAnswer>;
}

const idCharacters = 24;

export function createAnswerRequest(options: AnswerOptions): AnswerRequest {
  const { pool, record, end, clock, randomness, heartbeatMs, maxAnswerBytes } = options;

  const answerIds = (requestId: string): AnswerIds => ({
    requestId,
    nowSeconds: Math.floor(clock.nowMs() / 1_000),
    createId: (prefix) => prefix + randomBase62(randomness, idCharacters),
  });

  const strike = ({ lease }: Accepted, error: unknown): void => {
    const { code, message, upstream } = GatewayError.from(error);
    if (code !== "upstream_error") return;
    const told = upstream ?? { status: 502, code: null, message };
    pool.reportBroken(lease, { kind: "unreachable", retryAfterMs: null, error: told });
  };

  const receive = async (accepted: Accepted, maxBytes: number): Promise<Uint8Array> => {
    try {
      return await readAll(accepted.answer.body, maxBytes);
    } catch (error) {
      strike(accepted, error);
      throw error;
    } finally {
      accepted.lease.release();
    }
  };

  /** The answer to a request, or to all parts of one, each with its own lease. */
  const readWhole = async (sent: Sent, trace: RequestTrace): Promise<ReadAnswer> => {
    const received = [await receive(sent, maxAnswerBytes)];
    trace.noteFirstToken();
    let newest: Accepted = sent;
    let bytesLeft = maxAnswerBytes;
    for (const sendNext of sent.further) {
      newest = await sendNext();
      bytesLeft -= received.at(-1)?.length ?? 0;
      received.push(await receive(newest, bytesLeft));
    }
    try {
      return sent.exchange.readAnswer(sent.exchange.joinAnswers(received), answerIds(trace.call.requestId));
    } catch (error) {
      strike(newest, error);
      throw error;
    }
  };

  return {
    stream(sent, trace, headers) {
      const { exchange, lease, answer } = sent;
      const { call } = trace;
      const { status } = answer;
      const body = new RecordedStream({
        source: answer.body,
        answer: exchange.openStream(answerIds(call.requestId)),
        recordBody: trace.recording === "full",
        clock,
        heartbeatMs,
        onFirstToken: () => trace.noteFirstToken(),
        settle: async ({ outcome, error, tapped, response }) => {
          if (outcome === "failed" && tapped.errorSeen === null) strike(sent, error);
          lease.release();
          const usage = withEstimate(tapped, outcome, call.body.length);
          const failure = await record(trace, { outcome, status, error, usage, response });
          if (failure !== null && outcome === "completed") trace.noteUnrecorded(failure);
          end(trace);
          return failure;
        },
      });
      addStreamHeaders(headers, contentType(sent));
      return { status, headers, body, error: null, trace };
    },

    async whole(sent, trace, headers) {
      const { status } = sent.answer;
      const { body, usage } = await readWhole(sent, trace);
      const failure = await record(trace, { outcome: "completed", status, error: null, usage, response: body });
      if (failure !== null) throw failure;
      headers["content-type"] = contentType(sent) ?? "application/json";
      return { status, headers, body, error: null, trace };
    },
  };
}

/** The upstream's own, where the client gets what it sent. */
function contentType({ exchange, answer }: Pick<Sent, "exchange" | "answer">): string | undefined {
  return exchange.keepsContentType ? answer.headers["content-type"] : undefined;
}

/**
 * What the upstream counted; where it counted nothing, the tokens by size, so that no answer goes on record as free. The
 * answer that its client left is counted as far as it had come: the upstream's own count would have come at its end.
 */
function withEstimate(
  { usage, terminal, estimatedOutputTokens }: TapResult,
  outcome: RequestOutcome,
  promptBytes: number,
): ReportedUsage {
  const { tokens } = usage;
  const isCutShort = outcome === "aborted" && !terminal && usage.nanoAiu === null;
  if (tokens === null && (terminal || (isCutShort && estimatedOutputTokens > 0))) {
    const inputTokens = estimateTokens(promptBytes);
    return {
      ...usage,
      tokens: {
        inputTokens,
        outputTokens: estimatedOutputTokens,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        reasoningTokens: 0,
      },
    };
  }
  if (tokens === null || !isCutShort) return usage;
  return { ...usage, tokens: { ...tokens, outputTokens: Math.max(tokens.outputTokens, estimatedOutputTokens) } };
}
