import type { Provider } from "@copilot-llm/provider";
import type { Stats } from "./schemas.js";

type Report = Awaited<ReturnType<Provider["statistics"]["report"]>>;

export function encodeStatistics({ totals, rows }: Report): Stats {
  return {
    totals: encodeFigures(totals),
    rows: rows.map((row) => ({ group: row.group, label: row.label, ...encodeFigures(row) })),
  };
}

function encodeFigures(figures: Report["totals"]): Stats["totals"] {
  return {
    requests: figures.requests,
    errors: figures.errors,
    input_tokens: figures.inputTokens,
    output_tokens: figures.outputTokens,
    cache_read_tokens: figures.cacheReadTokens,
    cache_write_tokens: figures.cacheWriteTokens,
    reasoning_tokens: figures.reasoningTokens,
    premium_units: figures.premiumUnits,
    nano_aiu: figures.nanoAiu,
    latency_p50_ms: figures.latencyP50Ms,
    latency_p95_ms: figures.latencyP95Ms,
    ttft_p50_ms: figures.timeToFirstTokenP50Ms,
  };
}
