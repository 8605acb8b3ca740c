import { isJsonObject, type JsonObject, nanoAiuPerCredit, type TokenPrices } from "@copilot-llm/model";
import { numberOrNull, objectOrEmpty } from "../json.js";

const defaultBatchSize = 1_000_000;

type PriceList = Omit<TokenPrices, "longContext">;

/**
 * Nano-AIU per token from either shape of `billing.token_prices` (docs/copilot-service.md#token-prices): AI credits per
 * batch below `default` and `long_context`, or the older flat form in nano-AIU per batch. Null when neither is there.
 */
export function mapTokenPrices(prices: JsonObject): TokenPrices | null {
  const batchSize = numberOrNull(prices.batch_size) ?? defaultBatchSize;
  if (!isJsonObject(prices.default)) {
    const list = mapPriceList(prices, 1, batchSize);
    return list === null ? null : { ...list, longContext: null };
  }
  const list = mapPriceList(prices.default, nanoAiuPerCredit, batchSize);
  if (list === null) return null;
  const longList = mapPriceList(objectOrEmpty(prices.long_context), nanoAiuPerCredit, batchSize);
  const aboveInputTokens = numberOrNull(prices.default.context_max);
  const longContext = longList === null || aboveInputTokens === null ? null : { ...longList, aboveInputTokens };
  return { ...list, longContext };
}

/** From API version 2026-08-01 on `cache_read_price` says what `cache_price` said; without either, cached tokens cost what input costs. */
function mapPriceList(prices: JsonObject, nanoAiuPerUnit: number, batchSize: number): PriceList | null {
  const input = numberOrNull(prices.input_price);
  const output = numberOrNull(prices.output_price);
  if (input === null || output === null) return null;
  const perToken = (price: number) => (price * nanoAiuPerUnit) / batchSize;
  return {
    inputNanoAiu: perToken(input),
    outputNanoAiu: perToken(output),
    cacheReadNanoAiu: perToken(numberOrNull(prices.cache_read_price) ?? numberOrNull(prices.cache_price) ?? input),
    cacheWriteNanoAiu: perToken(numberOrNull(prices.cache_write_price) ?? input),
  };
}
