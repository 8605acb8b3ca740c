import type { JsonObject, TokenUsage } from "@copilot-llm/model";
import { mapTokenCount } from "../codec/map-token-count.js";

/** An embeddings answer's `usage`: there is a prompt only. */
export function mapUsage(usage: JsonObject): TokenUsage {
  return {
    inputTokens: mapTokenCount(usage.prompt_tokens),
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
  };
}
