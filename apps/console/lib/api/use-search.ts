import type { SearchHit, SearchResult } from "@copilot-llm/gateway/admin-api";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type { SearchHit };

/** What has such a name or id; nothing is asked for an empty one. The old hits stand until the new ones are there. */
export function useSearch(q: string): UseQueryResult<readonly SearchHit[]> {
  return useQuery({
    queryKey: [...queryKeys.search, q],
    queryFn: async ({ signal }) =>
      (await requestJson<SearchResult>(`/api/search?${new URLSearchParams({ q })}`, { signal })).hits,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    enabled: q !== "",
  });
}
