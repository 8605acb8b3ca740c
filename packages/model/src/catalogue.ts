import type { JsonObject } from "./json.js";
import type { Wire } from "./wire.js";

/** Prices in nano-AIU for one token. */
export interface TokenPrices {
  readonly inputNanoAiu: number;
  readonly outputNanoAiu: number;
  readonly cacheReadNanoAiu: number;
  readonly cacheWriteNanoAiu: number;
  /** Applies above this many input tokens, where the service has a second tier. */
  readonly longContext: (Omit<TokenPrices, "longContext"> & { readonly aboveInputTokens: number }) | null;
}

/** One model as one account sees it. */
export interface CatalogueModel {
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly family: string;
  readonly version: string;
  readonly preview: boolean;
  readonly kind: "chat" | "embeddings" | "other";
  /** Conversation wires it speaks, in order of preference; empty for embeddings. */
  readonly wires: readonly Wire[];
  /** As the service lists them; an absent list means chat only (docs/copilot-service.md#catalogue). */
  readonly supportedEndpoints: readonly string[];
  readonly contextWindowTokens: number | null;
  readonly maxPromptTokens: number | null;
  readonly maxOutputTokens: number | null;
  /** Of embeddings: the most texts that it takes at once. */
  readonly maxInputs: number | null;
  readonly tokenizer: string | null;
  readonly supports: ModelSupport;
  readonly billing: ModelBilling;
  /** False when the account's policy switched the model off. */
  readonly enabled: boolean;
  /** The item as the service gave it. */
  readonly raw: JsonObject;
}

export interface ModelSupport {
  readonly streaming: boolean;
  readonly toolCalls: boolean;
  readonly parallelToolCalls: boolean;
  readonly vision: boolean;
  readonly structuredOutputs: boolean;
  readonly adaptiveThinking: boolean;
  readonly reasoningEfforts: readonly string[];
  readonly minThinkingBudgetTokens: number | null;
  readonly maxThinkingBudgetTokens: number | null;
}

export interface ModelBilling {
  readonly isPremium: boolean;
  /** Premium requests that one user turn costs; null where the model is billed by tokens only. */
  readonly multiplier: number | null;
  readonly tokenPrices: TokenPrices | null;
}
