import type { CatalogueModel } from "../catalogue.js";

/** A chat model that costs one premium request a turn. */
export function sampleModel(changes: Partial<CatalogueModel> = {}): CatalogueModel {
  const { id = "model" } = changes;
  return {
    id,
    name: id,
    vendor: "vendor",
    family: id,
    version: id,
    preview: false,
    kind: "chat",
    wires: ["openai-chat"],
    supportedEndpoints: ["/chat/completions"],
    contextWindowTokens: 200_000,
    maxPromptTokens: 128_000,
    maxOutputTokens: 32_000,
    maxInputs: null,
    tokenizer: null,
    supports: {
      streaming: true,
      toolCalls: true,
      parallelToolCalls: true,
      vision: false,
      structuredOutputs: true,
      adaptiveThinking: false,
      reasoningEfforts: [],
      minThinkingBudgetTokens: null,
      maxThinkingBudgetTokens: null,
    },
    billing: { isPremium: true, multiplier: 1, tokenPrices: null },
    enabled: true,
    raw: {},
    ...changes,
  };
}
