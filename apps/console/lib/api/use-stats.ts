import type { Stats, StatsRow } from "@copilot-llm/gateway/admin-api";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type StatsGroup = "model" | "key" | "token" | "day" | "hour";
export type StatsSplit = "model" | "key" | "token";

/** Figures as newer gateways tell them; what an older one does not tell is absent. */
export interface MoreFigures {
  aborted?: number;
  unknown_usage?: number;
  errors_by_code?: Readonly<Record<string, number>>;
  latency_p99_ms?: number | null;
  ttft_p95_ms?: number | null;
  ttft_p99_ms?: number | null;
  output_tokens_per_second_p50?: number | null;
}

export type StatsFigures = Stats["totals"] & MoreFigures;

export type StatsLine = StatsRow &
  MoreFigures & {
    /** The second dimension, where the gateway has one. */
    split?: string | null;
    split_label?: string | null;
  };

export interface StatsAnswer {
  totals: StatsFigures;
  rows: readonly StatsLine[];
}

export interface StatsRequest {
  fromMs: number;
  toMs: number;
  groupBy: StatsGroup;
  splitBy?: StatsSplit;
}

/** Sums over the requests that began in a span, a row for each group. Old figures stand until the new ones are there. */
export function useStats(
  { fromMs, toMs, groupBy, splitBy }: StatsRequest,
  isEnabled = true,
): UseQueryResult<StatsAnswer> {
  return useQuery({
    queryKey: [...queryKeys.stats, fromMs, toMs, groupBy, splitBy ?? null],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        group_by: groupBy,
        ...(splitBy === undefined ? {} : { split_by: splitBy }),
      });
      return requestJson<StatsAnswer>(`/api/stats?${query}`, { signal });
    },
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: isEnabled,
  });
}
