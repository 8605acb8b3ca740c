import type { BatchPage, BatchView } from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

/** Many requests that were handed in at once, and how far they are. */
export type Batch = BatchView;
export type BatchRunner = BatchPage["runner"];

const collection = "/api/batches";
const refetchEveryMs = 10_000;

/** Everybody's batches, the newest first, and how the gateway works on them. Asked for again while it is shown. */
export function useBatches(): UseInfiniteQueryResult<InfiniteData<BatchPage>> {
  return useInfiniteQuery({
    queryKey: queryKeys.batches,
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(pageParam === null ? {} : { cursor: pageParam });
      return requestJson<BatchPage>(`${collection}?${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    refetchInterval: refetchEveryMs,
  });
}

/** Cancels what has not begun of a batch. */
export function useCancelBatch(): UseMutationResult<Batch, Error, string> {
  return useChange(
    (id) => requestJson<Batch>(`${collection}/${encodeURIComponent(id)}/cancel`, { method: "POST", body: {} }),
    { staleKeys: [queryKeys.batches] },
  );
}
