import type { RequestCounts } from "@copilot-llm/gateway/admin-api";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** How many requests of a span each value of a filter holds; of no span, nothing is asked for. */
export function useRequestCounts(
  span: { readonly fromMs: number; readonly toMs: number } | null,
): UseQueryResult<RequestCounts> {
  const range =
    span === null ? null : { from: new Date(span.fromMs).toISOString(), to: new Date(span.toMs).toISOString() };
  return useQuery({
    queryKey: [...queryKeys.stats, "counts", range],
    queryFn: ({ signal }) =>
      requestJson<RequestCounts>(`/api/stats/counts?${new URLSearchParams(range ?? {})}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: range !== null,
  });
}
