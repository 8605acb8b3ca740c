import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import { objectOrNull } from "../body/json.js";
import { boundUsage, mapTokenCount } from "../codec/map-token-count.js";

/** Chat's `usage`, and embeddings' (which has no completion). `prompt_tokens` is an inclusive total. */
export function mapUsage(usage: JsonObject): TokenUsage {
  const prompt = objectOrNull(usage.prompt_tokens_details);
  const completion = objectOrNull(usage.completion_tokens_details);
  return boundUsage({
    inputTokens: mapTokenCount(usage.prompt_tokens),
    outputTokens: mapTokenCount(usage.completion_tokens),
    cacheReadTokens: mapTokenCount(prompt?.cached_tokens),
    cacheWriteTokens: mapTokenCount(prompt?.cache_write_tokens),
    reasoningTokens: mapTokenCount(completion?.reasoning_tokens),
  });
}

/** Canonical usage as Chat's `usage`. */
export function mapToUsage(tokens: TokenUsage): JsonObject {
  return {
    prompt_tokens: tokens.inputTokens,
    completion_tokens: tokens.outputTokens,
    total_tokens: tokens.inputTokens + tokens.outputTokens,
    prompt_tokens_details: { cached_tokens: tokens.cacheReadTokens, cache_write_tokens: tokens.cacheWriteTokens },
    completion_tokens_details: { reasoning_tokens: tokens.reasoningTokens },
  };
}
