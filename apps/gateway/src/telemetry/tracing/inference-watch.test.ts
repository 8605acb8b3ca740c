import { ROOT_CONTEXT } from "@opentelemetry/api";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { sampleRecord } from "../../testing/sample-record.js";
import { GenAiMetrics } from "./gen-ai-metrics.js";
import { InferenceWatch } from "./inference-watch.js";

function start() {
  const begunMs = Date.UTC(2026, 0, 1);
  let nowMs = begunMs;
  const spans = new InMemorySpanExporter();
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const tracer = tracers.getTracer("test");
  const span = tracer.startSpan("POST /v1/embeddings");
  const watch = new InferenceWatch({
    tracer,
    metrics: new GenAiMetrics(new MeterProvider().getMeter("test")),
    clock: () => nowMs,
    span,
    context: ROOT_CONTEXT,
    operation: "embed",
    propagatesUpstream: false,
    onEnd: () => {},
  });
  /** Of a try that begins now and is answered a second later. */
  const answer = (tokenId: string, status: number) => {
    const attempt = watch.startAttempt({ tokenId, modelId: "text-embedding-3-small" });
    nowMs += 1_000;
    const failure = status === 200 ? null : "unreachable";
    attempt.answer({ tokenId, status, failure, durationMs: 1_000 });
    nowMs += 1_000;
  };
  const told = () =>
    spans.getFinishedSpans().map(({ attributes, startTime, endTime }) => ({
      attempt: attributes["copilot_llm.attempt"],
      token: attributes["copilot_llm.github_token.id"],
      error: attributes["error.type"],
      tokens: attributes["gen_ai.usage.input_tokens"],
      lastsFromTo: [startTime[0] - begunMs / 1_000, endTime[0] - begunMs / 1_000],
    }));
  return { watch, answer, told };
}

const usage = { inputTokens: 9, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };

test("each part of a request that goes up in parts has a span, which ends when the next begins", () => {
  const { watch, answer, told } = start();
  answer("tok_1", 200);
  answer("tok_2", 500);
  answer("tok_1", 200);
  answer("tok_1", 200);
  watch.end(sampleRecord({ operation: "embed", usage }));
  expect(told()).toEqual([
    { attempt: 1, token: "tok_1", error: undefined, tokens: undefined, lastsFromTo: [0, 2] },
    { attempt: 2, token: "tok_2", error: "unreachable", tokens: undefined, lastsFromTo: [2, 3] },
    { attempt: 3, token: "tok_1", error: undefined, tokens: undefined, lastsFromTo: [4, 6] },
    { attempt: 4, token: "tok_1", error: undefined, tokens: 9, lastsFromTo: [6, 8] },
  ]);
});
