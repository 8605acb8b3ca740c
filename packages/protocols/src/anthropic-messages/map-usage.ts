import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import { objectOrNull } from "../body/json.js";
import { boundUsage, mapTokenCount } from "../codec/map-token-count.js";

/** Messages' `usage`. `input_tokens` leaves cache reads and writes out, so they are added. */
export function mapUsage(usage: JsonObject): TokenUsage {
  const cacheReadTokens = mapTokenCount(usage.cache_read_input_tokens);
  const cacheWriteTokens = mapTokenCount(usage.cache_creation_input_tokens);
  return boundUsage({
    inputTokens: mapTokenCount(usage.input_tokens) + cacheReadTokens + cacheWriteTokens,
    outputTokens: mapTokenCount(usage.output_tokens),
    cacheReadTokens,
    cacheWriteTokens,
    reasoningTokens: mapTokenCount(objectOrNull(usage.output_tokens_details)?.thinking_tokens),
  });
}

/**
 * A stream's usage: `message_start` gives the input, `message_delta` the output so far and, on some back-ends, the
 * input again or as 0. The larger input count and the later output count hold.
 */
export function mergeUsage(earlier: JsonObject | null, later: JsonObject): JsonObject {
  if (earlier === null) return later;
  const larger = (name: string): number => Math.max(mapTokenCount(earlier[name]), mapTokenCount(later[name]));
  return {
    ...earlier,
    ...later,
    input_tokens: larger("input_tokens"),
    cache_read_input_tokens: larger("cache_read_input_tokens"),
    cache_creation_input_tokens: larger("cache_creation_input_tokens"),
  };
}

/** Canonical usage as Messages' `usage`. */
export function mapToUsage(tokens: TokenUsage): JsonObject {
  return {
    input_tokens: tokens.inputTokens - tokens.cacheReadTokens - tokens.cacheWriteTokens,
    cache_creation_input_tokens: tokens.cacheWriteTokens,
    cache_read_input_tokens: tokens.cacheReadTokens,
    output_tokens: tokens.outputTokens,
    ...(tokens.reasoningTokens > 0 ? { output_tokens_details: { thinking_tokens: tokens.reasoningTokens } } : {}),
  };
}
