import { nanoAiuPerCredit, type Operation, type RequestRecord } from "@copilot-llm/model";
import type { Attributes } from "@opentelemetry/api";

// OpenTelemetry's semantic conventions: HTTP (stable) and generative AI, version 0.1.0 of its own repository, where
// `gen_ai.client.inference` took the place of what was in the general conventions up to 1.41.

/** As others name it who trace calls to Copilot. */
const providerName = "github.copilot";

const operationNames: Readonly<Record<Operation, string>> = {
  generate: "chat",
  embed: "embeddings",
  count_tokens: "count_tokens",
};

export function nameOfOperation(operation: Operation): string {
  return operationNames[operation];
}

/** What an inference span begins with; samplers see it. */
export function encodeInference(operation: Operation, modelId: string): Attributes {
  return {
    "gen_ai.operation.name": nameOfOperation(operation),
    "gen_ai.provider.name": providerName,
    "gen_ai.request.model": modelId,
  };
}

/** What the answer to an inference turned out to be. Never what was said in it. */
export function encodeAnswer(record: RequestRecord): Attributes {
  const { usage } = record;
  return {
    ...(record.modelUsed === null ? {} : { "gen_ai.response.model": record.modelUsed }),
    "gen_ai.conversation.id": record.conversationId,
    ...(record.stream ? { "gen_ai.request.stream": true } : {}),
    ...(usage === null
      ? {}
      : {
          "gen_ai.usage.input_tokens": usage.inputTokens,
          "gen_ai.usage.output_tokens": usage.outputTokens,
          ...someCount("gen_ai.usage.cache_read.input_tokens", usage.cacheReadTokens),
          ...someCount("gen_ai.usage.cache_write.input_tokens", usage.cacheWriteTokens),
          ...someCount("gen_ai.usage.reasoning.output_tokens", usage.reasoningTokens),
        }),
  };
}

/** What the gateway adds of its own to the request's span. */
export function encodeOutcome(record: RequestRecord): Attributes {
  return {
    "copilot_llm.outcome": record.outcome,
    "copilot_llm.protocol": record.protocol,
    "copilot_llm.model.asked": record.modelAsked,
    ...(record.modelUsed === null ? {} : { "copilot_llm.model": record.modelUsed }),
    ...(record.keyId === null ? {} : { "copilot_llm.key.id": record.keyId }),
    ...(record.tokenId === null ? {} : { "copilot_llm.github_token.id": record.tokenId }),
    ...(record.errorCode === null ? {} : { "copilot_llm.error.code": record.errorCode }),
    ...(record.timeToFirstTokenMs === null
      ? {}
      : { "copilot_llm.time_to_first_token": record.timeToFirstTokenMs / 1_000 }),
    ...(record.nanoAiu === null ? {} : { "copilot_llm.credits": record.nanoAiu / nanoAiuPerCredit }),
    "copilot_llm.premium_requests": record.premiumUnits,
    "copilot_llm.attempts": record.attempts.length,
    "copilot_llm.duration": record.durationMs / 1_000,
  };
}

function someCount(name: string, count: number): Attributes {
  return count === 0 ? {} : { [name]: count };
}
