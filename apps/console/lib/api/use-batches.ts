import type { BatchItemPage, BatchPage, BatchView } from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

/** Many requests that were handed in at once, and how far they are. */
export type Batch = BatchView;
export type BatchItem = BatchItemPage["items"][number];
export type BatchRunner = BatchPage["runner"];

const collection = "/api/batches";
const refetchEveryMs = 10_000;
/** While something runs. */
const refetchOftenMs = 2_000;

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
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ batches }) => batches.some(isUnderway)) === true ? refetchOftenMs : refetchEveryMs,
  });
}

function isUnderway({ status }: Batch): boolean {
  return status === "validating" || status === "in_progress" || status === "cancelling";
}

/** What failed of a batch, in its order; asked for again when `failed` grows. */
export function useFailedItems(id: string, failed: number): UseInfiniteQueryResult<InfiniteData<BatchItemPage>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.batches, id, "failed", failed],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        state: "errored",
        ...(pageParam === null ? {} : { cursor: `${pageParam}` }),
      });
      return requestJson<BatchItemPage>(`${collection}/${encodeURIComponent(id)}/items?${query}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** Cancels what has not begun of a batch. */
export function useCancelBatch(): UseMutationResult<Batch, Error, string> {
  return useChange(
    (id) => requestJson<Batch>(`${collection}/${encodeURIComponent(id)}/cancel`, { method: "POST", body: {} }),
    { staleKeys: [queryKeys.batches] },
  );
}
