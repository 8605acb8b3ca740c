/**
 * Tokens of one answer. `inputTokens` and `outputTokens` are inclusive totals; the others are parts of them:
 * `cacheReadTokens + cacheWriteTokens <= inputTokens` and `reasoningTokens <= outputTokens`.
 * OpenAI's wires report inclusive totals already; Anthropic's input excludes cache reads and writes, so its
 * codec adds them.
 */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly reasoningTokens: number;
}

/** What one answer cost, as far as the upstream told. */
export interface ReportedUsage {
  readonly tokens: TokenUsage | null;
  /** `copilot_usage.total_nano_aiu`; 1e9 nano-AIU = 1 AI credit = US$0.01. Null when the upstream gave none. */
  readonly nanoAiu: number | null;
}
