import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { orMissing } from "./feature";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

interface SparklineList {
  starts: readonly string[];
  rows: readonly { id: string; requests: readonly number[]; errors: readonly number[] }[];
}

export type WeekRuns = ReadonlyMap<string, readonly number[]>;

/** Requests a day over the last seven days, by the id of a key or token that had any; null where the gateway does not tell. */
export function useWeekRuns(by: "key" | "token"): UseQueryResult<WeekRuns | null> {
  return useQuery({
    queryKey: [...queryKeys.stats, "week", by],
    queryFn: async ({ signal }) => {
      const list = await orMissing(requestJson<SparklineList>(`/api/stats/sparklines?by=${by}&days=7`, { signal }));
      return list === null ? null : new Map(list.rows.map(({ id, requests }) => [id, requests]));
    },
    staleTime: 60_000,
  });
}
