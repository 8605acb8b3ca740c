import type { JsonValue, TokenUsage } from "@copilot-llm/model";

/** A token count as reported: a whole number from 0 up; anything else is 0. */
export function mapTokenCount(value: JsonValue | undefined): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}

/** The usage with its parts cut down to their totals, whatever the upstream claimed. */
export function boundUsage(usage: TokenUsage): TokenUsage {
  const cacheReadTokens = Math.min(usage.cacheReadTokens, usage.inputTokens);
  return {
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cacheReadTokens,
    cacheWriteTokens: Math.min(usage.cacheWriteTokens, usage.inputTokens - cacheReadTokens),
    reasoningTokens: Math.min(usage.reasoningTokens, usage.outputTokens),
  };
}
