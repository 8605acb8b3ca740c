import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import { objectOrNull } from "../body/json.js";
import { boundUsage, mapTokenCount } from "../codec/map-token-count.js";

/** Responses' `usage`. `input_tokens` is an inclusive total. */
export function mapUsage(usage: JsonObject): TokenUsage {
  const input = objectOrNull(usage.input_tokens_details);
  const output = objectOrNull(usage.output_tokens_details);
  return boundUsage({
    inputTokens: mapTokenCount(usage.input_tokens),
    outputTokens: mapTokenCount(usage.output_tokens),
    cacheReadTokens: mapTokenCount(input?.cached_tokens),
    cacheWriteTokens: mapTokenCount(input?.cache_write_tokens),
    reasoningTokens: mapTokenCount(output?.reasoning_tokens),
  });
}

/** Canonical usage as Responses' `usage`. */
export function mapToUsage(tokens: TokenUsage): JsonObject {
  return {
    input_tokens: tokens.inputTokens,
    input_tokens_details: { cached_tokens: tokens.cacheReadTokens, cache_write_tokens: tokens.cacheWriteTokens },
    output_tokens: tokens.outputTokens,
    output_tokens_details: { reasoning_tokens: tokens.reasoningTokens },
    total_tokens: tokens.inputTokens + tokens.outputTokens,
  };
}
