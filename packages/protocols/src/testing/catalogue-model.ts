import type { CatalogueModel } from "@copilot-llm/model";

/** A Claude model with every capability; tests change what they are about. */
export function catalogueModel(changes: Partial<CatalogueModel> = {}): CatalogueModel {
  return {
    id: "claude-sonnet-4.5",
    name: "Claude Sonnet 4.5",
    vendor: "Anthropic",
    family: "claude-sonnet-4.5",
    version: "claude-sonnet-4.5",
    preview: false,
    kind: "chat",
    wires: ["anthropic-messages", "openai-chat"],
    supportedEndpoints: ["/chat/completions", "/v1/messages"],
    contextWindowTokens: 200000,
    maxPromptTokens: 168000,
    maxOutputTokens: 32000,
    maxInputs: null,
    tokenizer: "o200k_base",
    supports: {
      streaming: true,
      toolCalls: true,
      parallelToolCalls: true,
      vision: true,
      structuredOutputs: true,
      adaptiveThinking: true,
      reasoningEfforts: ["low", "high"],
      minThinkingBudgetTokens: 1024,
      maxThinkingBudgetTokens: 32000,
    },
    billing: {
      isPremium: true,
      multiplier: 1,
      tokenPrices: {
        inputNanoAiu: 300_000,
        outputNanoAiu: 1_500_000,
        cacheReadNanoAiu: 30_000,
        cacheWriteNanoAiu: 375_000,
        longContext: null,
      },
    },
    enabled: true,
    raw: {},
    ...changes,
  };
}
