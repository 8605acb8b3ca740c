import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { type RequestDetail, requestDetailOptions } from "./use-requests";

/** Several requests, in the order of their ids; those are left out that are not here yet or not known. */
export function useRequestDetails(ids: readonly string[]): readonly RequestDetail[] {
  return useQueries({
    queries: ids.map((id) => ({ ...requestDetailOptions(id), refetchOnWindowFocus: false })),
    combine: presentOf,
  });
}

function presentOf(results: readonly UseQueryResult<RequestDetail | null>[]): readonly RequestDetail[] {
  return results.flatMap(({ data }) => data ?? []);
}
