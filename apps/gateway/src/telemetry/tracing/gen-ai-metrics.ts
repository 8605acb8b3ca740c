import type { Operation, RequestRecord, TokenUsage } from "@copilot-llm/model";
import type { Attributes, Counter, Histogram, Meter } from "@opentelemetry/api";
import { encodeInference } from "./attributes.js";

/** What the conventions want for durations of inference. */
const durationBuckets = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const tokenBuckets = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

const usageFields = {
  input_tokens: "inputTokens",
  output_tokens: "outputTokens",
  "cache_read.input_tokens": "cacheReadTokens",
  "cache_write.input_tokens": "cacheWriteTokens",
  "reasoning.output_tokens": "reasoningTokens",
} as const satisfies Readonly<Record<string, keyof TokenUsage>>;

/** One call to a model, on one token. */
export interface EndedInference {
  readonly operation: Operation;
  readonly modelId: string;
  readonly durationSeconds: number;
  readonly errorType: string | null;
}

/** Metrics of calls to models as the conventions for generative AI have them. Counting tokens is none. */
export class GenAiMetrics {
  readonly #inference: Histogram;
  readonly #embeddings: Histogram;
  readonly #embeddedTokens: Histogram;
  readonly #firstChunk: Histogram;
  readonly #usage: readonly (readonly [keyof TokenUsage, Counter])[];

  constructor(meter: Meter) {
    const durations = { unit: "s", advice: { explicitBucketBoundaries: durationBuckets } };
    this.#inference = meter.createHistogram("gen_ai.client.inference.duration", {
      description: "GenAI client inference operation duration.",
      ...durations,
    });
    this.#firstChunk = meter.createHistogram("gen_ai.client.inference.time_to_first_chunk", {
      description: "From the sending of a streamed request to the first token of its answer.",
      ...durations,
    });
    this.#embeddings = meter.createHistogram("gen_ai.client.embeddings.duration", {
      description: "GenAI client embeddings operation duration.",
      ...durations,
    });
    this.#embeddedTokens = meter.createHistogram("gen_ai.client.embeddings.operation.input_tokens", {
      description: "Input tokens of an embeddings operation.",
      unit: "{token}",
      advice: { explicitBucketBoundaries: tokenBuckets },
    });
    this.#usage = Object.entries(usageFields).map(([name, field]) => [
      field,
      meter.createCounter(`gen_ai.client.inference.usage.${name}`, {
        description: "Tokens that inference operations used.",
        unit: "{token}",
      }),
    ]);
  }

  recordInference({ operation, modelId, durationSeconds, errorType }: EndedInference): void {
    const attributes = {
      ...encodeInference(operation, modelId),
      ...(errorType === null ? {} : { "error.type": errorType }),
    };
    if (operation === "generate") this.#inference.record(durationSeconds, attributes);
    if (operation === "embed") this.#embeddings.record(durationSeconds, attributes);
  }

  /** What a request used, once it has ended. `firstChunkSeconds` is null unless it was a stream. */
  recordUsage({ operation, usage }: RequestRecord, modelId: string, firstChunkSeconds: number | null): void {
    const attributes: Attributes = encodeInference(operation, modelId);
    if (firstChunkSeconds !== null) this.#firstChunk.record(firstChunkSeconds, attributes);
    if (usage === null) return;
    if (operation === "embed") this.#embeddedTokens.record(usage.inputTokens, attributes);
    if (operation !== "generate") return;
    for (const [field, counter] of this.#usage) if (usage[field] > 0) counter.add(usage[field], attributes);
  }
}
