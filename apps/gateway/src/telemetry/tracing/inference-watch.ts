import type { Operation, RequestAttempt, RequestRecord } from "@copilot-llm/model";
import type { AttemptWatch, RequestWatch, StartedAttempt } from "@copilot-llm/provider";
import { type Context, type Span, SpanKind, SpanStatusCode, TraceFlags, type Tracer } from "@opentelemetry/api";
import { encodeAnswer, encodeInference, encodeOutcome, nameOfOperation } from "./attributes.js";
import type { GenAiMetrics } from "./gen-ai-metrics.js";
import type { SpanClock } from "./span-clock.js";

export interface InferenceWatchOptions {
  readonly tracer: Tracer;
  readonly metrics: GenAiMetrics;
  readonly clock: SpanClock;
  /** The request's own span, and the context that holds it. */
  readonly span: Span;
  readonly context: Context;
  readonly operation: Operation;
  readonly propagatesUpstream: boolean;
  /** To be called when the request has ended. */
  readonly onEnd: () => void;
}

interface Attempt extends StartedAttempt {
  readonly span: Span;
  readonly startedAtMs: number;
}

/**
 * A span below the request's for each try on a token; the one that was answered lasts until its answer's end. A request
 * that goes up in parts has one for each of them, which ends when the next part begins.
 */
export class InferenceWatch implements RequestWatch {
  readonly #options: InferenceWatchOptions;
  readonly #startedAtMs: number;
  #attempts = 0;
  #answered: Attempt | null = null;

  constructor(options: InferenceWatchOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock();
  }

  startAttempt(started: StartedAttempt): AttemptWatch {
    const { tracer, operation, context, clock, propagatesUpstream } = this.#options;
    this.#attempts += 1;
    this.#endAnswered(null);
    const startedAtMs = clock();
    const span = tracer.startSpan(
      `${nameOfOperation(operation)} ${started.modelId}`,
      {
        kind: SpanKind.CLIENT,
        startTime: startedAtMs,
        attributes: {
          ...encodeInference(operation, started.modelId),
          "copilot_llm.github_token.id": started.tokenId,
          "copilot_llm.attempt": this.#attempts,
        },
      },
      context,
    );
    const attempt = { ...started, span, startedAtMs };
    return {
      traceparent: propagatesUpstream ? traceparentOf(span) : null,
      answer: (told) => this.#answer(attempt, told),
    };
  }

  end(record: RequestRecord): void {
    const { span, metrics, onEnd } = this.#options;
    const answered = this.#answered;
    if (answered !== null) {
      answered.span.setAttributes(encodeAnswer(record));
      const firstTokenSeconds = this.#secondsToFirstToken(answered, record);
      if (firstTokenSeconds !== null) {
        answered.span.setAttribute("gen_ai.response.time_to_first_chunk", firstTokenSeconds);
      }
      this.#endAnswered(record.errorCode);
      metrics.recordUsage(record, answered.modelId, firstTokenSeconds);
    }
    span.setAttributes(encodeOutcome(record));
    onEnd();
  }

  #answer(attempt: Attempt, { failure, status }: RequestAttempt): void {
    if (status !== null) attempt.span.setAttribute("http.response.status_code", status);
    if (failure === null && status !== null) this.#answered = attempt;
    else this.#endAttempt(attempt, failure ?? "client_closed");
  }

  #endAnswered(errorType: string | null): void {
    if (this.#answered !== null) this.#endAttempt(this.#answered, errorType);
    this.#answered = null;
  }

  #endAttempt({ span, startedAtMs, modelId }: Attempt, errorType: string | null): void {
    const { metrics, clock, operation } = this.#options;
    if (errorType !== null) {
      span.setAttribute("error.type", errorType);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    const endedAtMs = clock();
    span.end(endedAtMs);
    metrics.recordInference({ operation, modelId, errorType, durationSeconds: (endedAtMs - startedAtMs) / 1_000 });
  }

  /** The record counts from the request's beginning, the conventions from the sending. Null unless it was a stream. */
  #secondsToFirstToken({ startedAtMs }: Attempt, { stream, timeToFirstTokenMs }: RequestRecord): number | null {
    if (!stream || timeToFirstTokenMs === null) return null;
    return Math.max(0, timeToFirstTokenMs - (startedAtMs - this.#startedAtMs)) / 1_000;
  }
}

/** As W3C Trace Context wants it. */
function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED) === 0 ? "00" : "01"}`;
}
