import { type CatalogueModel, type JsonObject, nanoAiuPerCredit, type TokenPrices } from "@copilot-llm/model";

/** Which page of Anthropic's list to give. */
export interface ModelPage {
  /** 1 to 1000; Anthropic's default is 20. */
  readonly limit: number;
  readonly afterId: string | null;
  readonly beforeId: string | null;
}

/** `GET /v1/models` in OpenAI's shape. */
export function encodeOpenaiModelList(models: readonly CatalogueModel[]): JsonObject {
  return { object: "list", data: models.map(encodeOpenaiModel) };
}

/** One model in OpenAI's shape with this gateway's additions (billing, limits, capabilities). */
export function encodeOpenaiModel(model: CatalogueModel): JsonObject {
  return {
    id: model.id,
    object: "model",
    // The catalogue tells no date.
    created: 0,
    owned_by: model.vendor,
    name: model.name,
    billing_multiplier: model.billing.multiplier,
    is_premium: model.billing.isPremium,
    token_prices: model.billing.tokenPrices === null ? null : encodeTokenPrices(model.billing.tokenPrices),
    context_window: model.contextWindowTokens,
    max_output_tokens: model.maxOutputTokens,
    capabilities: encodeCapabilities(model),
    supported_endpoints: model.supportedEndpoints,
  };
}

/** One page of `GET /v1/models` in Anthropic's shape. A cursor that names no model gives the first page. */
export function encodeAnthropicModelList(models: readonly CatalogueModel[], page: ModelPage): JsonObject {
  const after = models.findIndex(({ id }) => id === page.afterId);
  const before = models.findIndex(({ id }) => id === page.beforeId);
  const backwards = page.afterId === null && before !== -1;
  const start = backwards ? Math.max(0, before - page.limit) : after + 1;
  const end = backwards ? before : start + page.limit;
  const shown = models.slice(start, end);
  return {
    data: shown.map(encodeAnthropicModel),
    has_more: backwards ? start > 0 : end < models.length,
    first_id: shown.at(0)?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
  };
}

/** One model in Anthropic's shape. The release date is not known; Anthropic's own stand-in is the epoch. */
export function encodeAnthropicModel(model: CatalogueModel): JsonObject {
  return {
    type: "model",
    id: model.id,
    display_name: model.name,
    created_at: "1970-01-01T00:00:00Z",
    max_input_tokens: model.maxPromptTokens ?? model.contextWindowTokens,
    max_tokens: model.maxOutputTokens,
  };
}

function encodeCapabilities(model: CatalogueModel): JsonObject {
  const { supports } = model;
  return {
    type: model.kind,
    family: model.family,
    tokenizer: model.tokenizer,
    streaming: supports.streaming,
    tool_calls: supports.toolCalls,
    parallel_tool_calls: supports.parallelToolCalls,
    vision: supports.vision,
    structured_outputs: supports.structuredOutputs,
    adaptive_thinking: supports.adaptiveThinking,
    reasoning_efforts: supports.reasoningEfforts,
    min_thinking_budget: supports.minThinkingBudgetTokens,
    max_thinking_budget: supports.maxThinkingBudgetTokens,
  };
}

/** AI credits per million tokens. */
function encodeTokenPrices(prices: TokenPrices): JsonObject {
  return {
    unit: "ai_credits_per_million_tokens",
    ...encodeTier(prices),
    long_context:
      prices.longContext === null
        ? null
        : { above_input_tokens: prices.longContext.aboveInputTokens, ...encodeTier(prices.longContext) },
  };
}

function encodeTier(prices: Omit<TokenPrices, "longContext">): JsonObject {
  const creditsPerMillion = (nanoAiu: number): number => (nanoAiu * 1e6) / nanoAiuPerCredit;
  return {
    input: creditsPerMillion(prices.inputNanoAiu),
    output: creditsPerMillion(prices.outputNanoAiu),
    cache_read: creditsPerMillion(prices.cacheReadNanoAiu),
    cache_write: creditsPerMillion(prices.cacheWriteNanoAiu),
  };
}
