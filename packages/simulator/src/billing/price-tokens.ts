import type { CreditPrices, SimulatedModel } from "../catalogue/simulated-model.js";

/** Tokens of one answered request. `input` leaves the cached parts out; `reasoning` is part of `output`. */
export interface TokenUsage {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
}

/** The `copilot_usage` object of an answer. All figures are integers. */
export interface CopilotUsage {
  readonly token_details: readonly {
    readonly batch_size: number;
    readonly cost_per_batch: number;
    readonly token_count: number;
    readonly token_type: "input" | "cache_read" | "cache_write" | "output";
  }[];
  readonly total_nano_aiu: number;
}

const batchSize = 1_000_000;
const nanoAiuPerCredit = 1e9;
/** One credit a million tokens is 1,000 nano-AIU a token. */
const nanoAiuPerTokenPerCredit = nanoAiuPerCredit / batchSize;

/** Prices a usage with the model's list, or its long-context list when the prompt is that long. */
export function priceTokens(model: SimulatedModel, usage: TokenUsage): CopilotUsage {
  const prices = pricesFor(model, usage.input + usage.cacheRead + usage.cacheWrite);
  const rows = [
    { token_type: "input", token_count: usage.input, credits: prices.input },
    { token_type: "cache_read", token_count: usage.cacheRead, credits: prices.cacheRead },
    { token_type: "cache_write", token_count: usage.cacheWrite, credits: prices.cacheWrite },
    { token_type: "output", token_count: usage.output, credits: prices.output },
  ] as const;
  return {
    token_details: rows.map(({ token_type, token_count, credits }) => ({
      batch_size: batchSize,
      cost_per_batch: credits * nanoAiuPerCredit,
      token_count,
      token_type,
    })),
    total_nano_aiu: rows.reduce((sum, row) => sum + row.token_count * row.credits * nanoAiuPerTokenPerCredit, 0),
  };
}

function pricesFor(model: SimulatedModel, promptTokens: number): CreditPrices {
  const long = model.longContext;
  return long !== undefined && promptTokens > long.beyondTokens ? long.prices : model.prices;
}
