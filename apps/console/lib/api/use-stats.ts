import type { Stats, StatsRow } from "@copilot-llm/gateway/admin-api";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type StatsGroup = "model" | "key" | "token" | "team" | "day" | "hour";
export type StatsSplit = "model" | "key" | "token";

export type StatsLine = StatsRow;
export type StatsFigures = Omit<Stats["totals"], "errors_by_code">;
export type StatsAnswer = Pick<Stats, "totals" | "rows">;

export interface StatsRequest {
  fromMs: number;
  toMs: number;
  groupBy: StatsGroup;
  splitBy?: StatsSplit | "error" | "day" | "hour";
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
