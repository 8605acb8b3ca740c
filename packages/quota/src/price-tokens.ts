import type { CatalogueModel, TokenPrices, TokenUsage } from "@copilot-llm/model";

/**
 * The price of an answer's tokens in whole nano-AIU, as the service reckons it: each kind of token at its own price,
 * input without what was read from or written to the cache; all at the long-context prices once the input exceeds
 * their threshold. 0 for a model that is not billed by tokens.
 */
export function priceTokens(model: CatalogueModel, tokens: TokenUsage): number {
  const { tokenPrices } = model.billing;
  if (tokenPrices === null) return 0;
  const prices = tierFor(tokenPrices, tokens.inputTokens);
  const plainInputTokens = Math.max(0, tokens.inputTokens - tokens.cacheReadTokens - tokens.cacheWriteTokens);
  return Math.round(
    plainInputTokens * prices.inputNanoAiu +
      tokens.cacheReadTokens * prices.cacheReadNanoAiu +
      tokens.cacheWriteTokens * prices.cacheWriteNanoAiu +
      tokens.outputTokens * prices.outputNanoAiu,
  );
}

function tierFor(prices: TokenPrices, inputTokens: number): Omit<TokenPrices, "longContext"> {
  const { longContext } = prices;
  return longContext !== null && inputTokens > longContext.aboveInputTokens ? longContext : prices;
}
