import type { Provider } from "@copilot-llm/provider";
import type { LimitedRow } from "./limit-rows.js";
import type { Stats, StatsRow } from "./schemas.js";

type Report = Awaited<ReturnType<Provider["statistics"]["report"]>>;

export interface StatisticsSpan {
  readonly fromMs: number;
  readonly toMs: number;
  readonly totals: Report["totals"];
  readonly rows: readonly LimitedRow[];
  /** The same span's failures by their codes. */
  readonly failures: Pick<Report, "rows">;
}

export function encodeStatistics(span: StatisticsSpan, previous: StatisticsSpan | null): Stats {
  return { ...encodeSpan(span), previous: previous === null ? null : encodeSpan(previous) };
}

function encodeSpan({ fromMs, toMs, totals, rows, failures }: StatisticsSpan): Omit<Stats, "previous"> {
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    totals: {
      ...encodeFigures(totals),
      errors_by_code: Object.fromEntries(failures.rows.map(({ group, requests }) => [group ?? "unknown", requests])),
    },
    rows: rows.map(encodeRow),
  };
}

export function encodeRow(row: LimitedRow): StatsRow {
  return {
    group: row.group,
    label: row.label,
    split: row.split,
    split_label: row.splitLabel,
    is_other: row.isOther,
    ...encodeFigures(row),
  };
}

export function encodeFigures(figures: Report["totals"]): Omit<Stats["totals"], "errors_by_code"> {
  return {
    requests: figures.requests,
    errors: figures.errors,
    aborted: figures.aborted,
    input_tokens: figures.inputTokens,
    output_tokens: figures.outputTokens,
    cache_read_tokens: figures.cacheReadTokens,
    cache_write_tokens: figures.cacheWriteTokens,
    reasoning_tokens: figures.reasoningTokens,
    premium_units: figures.premiumUnits,
    nano_aiu: figures.nanoAiu,
    unknown_usage: figures.unknownUsage,
    latency_p50_ms: figures.latencyP50Ms,
    latency_p95_ms: figures.latencyP95Ms,
    latency_p99_ms: figures.latencyP99Ms,
    ttft_p50_ms: figures.timeToFirstTokenP50Ms,
    ttft_p95_ms: figures.timeToFirstTokenP95Ms,
    ttft_p99_ms: figures.timeToFirstTokenP99Ms,
    output_tokens_per_second_p50: figures.outputTokensPerSecondP50,
  };
}
