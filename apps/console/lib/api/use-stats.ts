import type { Stats, StatsRow } from "@copilot-llm/gateway/admin-api";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Narrowing } from "#lib/narrowing";
import type { TimeBucket } from "#lib/range";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type StatsGroup = "model" | "key" | "token" | "team" | TimeBucket;
export type StatsSplit = "model" | "key" | "token";

export type StatsLine = StatsRow;
export type StatsFigures = Omit<Stats["totals"], "errors_by_code">;

export interface StatsRequest {
  fromMs: number;
  toMs: number;
  groupBy: StatsGroup;
  splitBy?: StatsSplit | "error" | TimeBucket;
  /** Of these requests alone; rows are then of one thing besides it. Null as without it: of all. */
  only?: Narrowing | null;
  /** Whose days, weeks and months are meant. */
  timeZone?: string;
  /** Whether `output_tokens_per_second_p50` is wanted, which many rows take longer with. */
  withOutputRate?: boolean;
}

export interface StatsAnswer extends Pick<Stats, "totals" | "rows"> {
  /** What it answers: while the answer to another request is on its way, this is not what was asked for last. */
  asked: StatsRequest;
}

/** Hours are those of UTC everywhere. Else a span may begin and end with the zone's days. */
function isOfHours(grouping: string | undefined): boolean {
  return grouping === "hour" || grouping === "5m";
}

/** Sums over the requests that began in a span, a row for each group. Old figures stand until the new ones are there. */
export function useStats(asked: StatsRequest, isEnabled = true): UseQueryResult<StatsAnswer> {
  const { fromMs, toMs, groupBy, splitBy, only = null, timeZone = "UTC", withOutputRate = false } = asked;
  const zone = timeZone !== "UTC" && ![groupBy, splitBy].some(isOfHours) ? { tz: timeZone } : {};
  return useQuery({
    queryKey: [
      ...queryKeys.stats,
      fromMs,
      toMs,
      groupBy,
      splitBy ?? null,
      zone.tz ?? null,
      only?.dimension ?? null,
      only?.id ?? null,
      withOutputRate,
    ],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        group_by: groupBy,
        ...(splitBy === undefined ? {} : { split_by: splitBy }),
        ...(only === null ? {} : { [only.dimension]: only.id }),
        ...zone,
        ...(withOutputRate ? { include: "output_tokens_per_second" } : {}),
      });
      return { ...(await requestJson<Stats>(`/api/stats?${query}`, { signal })), asked };
    },
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: isEnabled,
  });
}
