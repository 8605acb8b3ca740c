import type { RequestCounts, Sparklines, Stats, StatsRow } from "./schemas.js";

const figures = {
  requests: 120,
  errors: 3,
  aborted: 1,
  input_tokens: 480_000,
  output_tokens: 61_000,
  cache_read_tokens: 350_000,
  cache_write_tokens: 20_000,
  reasoning_tokens: 9_000,
  premium_units: 84,
  nano_aiu: 0,
  unknown_usage: 2,
  latency_p50_ms: 2_900,
  latency_p95_ms: 9_400,
  latency_p99_ms: 14_000,
  ttft_p50_ms: 480,
  ttft_p95_ms: 1_300,
  ttft_p99_ms: 2_200,
  output_tokens_per_second_p50: 71.4,
};

export const statsRow: StatsRow = {
  group: "claude-sonnet-4.6",
  label: "claude-sonnet-4.6",
  split: null,
  split_label: null,
  is_other: false,
  ...figures,
};

export const stats: Stats = {
  from: "2026-05-09T00:00:00.000Z",
  to: "2026-05-10T00:00:00.000Z",
  totals: { ...figures, errors_by_code: { upstream_timeout: 3 } },
  rows: [statsRow],
  previous: null,
};

export const requestCounts: RequestCounts = {
  model: { "claude-sonnet-4.6": 100, "gpt-5-mini": 17 },
  key: { key_01KB6M3T7Z8W2Q4R: 120 },
  token: { tok_01KB6M2A9C4D6E8F: 117 },
  protocol: { "anthropic-messages": 120 },
  status: { completed: 116, failed: 3, aborted: 1 },
  code: { upstream_timeout: 3 },
};

export const sparklines: Sparklines = {
  starts: ["2026-05-09T00:00:00.000Z", "2026-05-10T00:00:00.000Z"],
  rows: [{ id: "key_01KB6M3T7Z8W2Q4R", requests: [64, 56], errors: [0, 3] }],
};
