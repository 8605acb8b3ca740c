import type { JsonObject } from "../json-value.js";

/** The service's inference endpoints, as `supported_endpoints` names them. */
export type ModelEndpoint = "/chat/completions" | "/responses" | "/v1/messages" | "/embeddings";

/** AI credits per million tokens. */
export interface CreditPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** A model of the catalogue: its raw item without `billing`, and what the simulator must know to bill and to refuse. */
export interface SimulatedModel {
  readonly id: string;
  readonly vendor: "openai" | "anthropic" | "google" | "xai";
  /** Endpoints that answer. Independent of the item, whose `supported_endpoints` may be absent. */
  readonly endpoints: readonly ModelEndpoint[];
  readonly item: JsonObject;
  readonly multiplier: number;
  readonly restrictedTo?: readonly string[];
  readonly prices: CreditPrices;
  /** Prices beyond this many prompt tokens, with the price list that applies from there. */
  readonly longContext?: { readonly beyondTokens: number; readonly contextMax: number; readonly prices: CreditPrices };
  /** Serve the older flat price form, in nano-AIU per batch. */
  readonly flatPriceForm?: boolean;
  readonly maxPromptTokens: number;
  readonly maxOutputTokens: number;
  readonly vision: boolean;
  readonly reasoningEfforts: readonly string[];
  /** True for models that refuse `max_tokens` on chat. */
  readonly needsMaxCompletionTokens: boolean;
  /** True for models that refuse a conversation that ends with an assistant turn. */
  readonly refusesPrefill: boolean;
}
