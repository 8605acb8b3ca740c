import type {
  ApiKeyList,
  ApiKeyView,
  BulkBody,
  BulkResult,
  CreateApiKeyBody,
  CreatedApiKey,
  UpdateApiKeyBody,
} from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { useFallbackInterval } from "#lib/live/use-live-refresh";
import { orMissing } from "./feature";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/api-keys";
// Teams count what their keys use.
const staleKeys = [queryKeys.apiKeys, queryKeys.teams];
const item = (id: string) => `${collection}/${encodeURIComponent(id)}`;

export type ApiKey = ApiKeyView;

/** A key whose value was just made: it is shown once, and never again. */
export type CreatedKey = CreatedApiKey;

/** The managed keys with their limits and what was used of them. */
export function useApiKeys(): UseQueryResult<ApiKeyList> {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: queryKeys.apiKeys,
    queryFn: ({ signal }) => requestJson<ApiKeyList>(collection, { signal }),
    refetchInterval,
  });
}

/** What the list of keys is narrowed by and ordered by; null for anything. */
export interface KeyQuery {
  q: string | null;
  state: string | null;
  model: string | null;
  token: string | null;
  team: string | null;
  /** A field of keys, with a minus for the other way round. */
  sort: string;
}

const pageSize = 200;

/** The keys that fit, a page after the other. The old ones stand until the new ones are there. */
export function useKeyPages(query: KeyQuery): UseInfiniteQueryResult<InfiniteData<ApiKeyList>> {
  const refetchInterval = useFallbackInterval();
  return useInfiniteQuery({
    queryKey: [...queryKeys.apiKeys, "pages", query],
    queryFn: ({ pageParam, signal }) => {
      const asked = Object.entries({ ...query, cursor: pageParam }).filter(([, value]) => value !== null);
      const search = new URLSearchParams([["limit", String(pageSize)], ...(asked as [string, string][])]);
      return requestJson<ApiKeyList>(`${collection}?${search}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval,
  });
}

/** One key; null where there is none (any more). */
export function useApiKey(id: string | null): UseQueryResult<ApiKey | null> {
  return useQuery({
    queryKey: [...queryKeys.apiKeys, "one", id],
    queryFn: ({ signal }) => orMissing(requestJson<ApiKey>(item(id ?? ""), { signal })),
    enabled: id !== null,
  });
}

/** A few keys, those that were used last before all others. */
export function useLatestUsedKeys(): UseQueryResult<readonly ApiKey[]> {
  return useQuery({
    queryKey: [...queryKeys.apiKeys, "latest-used"],
    queryFn: async ({ signal }) =>
      (await requestJson<ApiKeyList>(`${collection}?limit=20&sort=-last_used_at`, { signal })).keys,
  });
}

/** Creates a key. The answer holds it in clear, once: show it, and let it be forgotten. */
export function useCreateApiKey(): UseMutationResult<CreatedKey, Error, CreateApiKeyBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

interface KeyRotation {
  id: string;
  /** Until when the old secret works as well; null: it stops at once. */
  overlapUntil: string | null;
}

/** Replaces the secret of a key. The answer holds the new one, once. */
export function useRotateApiKey(): UseMutationResult<CreatedKey, Error, KeyRotation> {
  return useChange(
    ({ id, overlapUntil }) => {
      const query = overlapUntil === null ? "" : `?${new URLSearchParams({ overlap_until: overlapUntil })}`;
      return requestJson(`${item(id)}/rotate${query}`, { method: "POST", body: {} });
    },
    { staleKeys },
  );
}

/** Changes limits, bindings or the enabled state of a key. */
export function useUpdateApiKey(): UseMutationResult<unknown, Error, { id: string; body: UpdateApiKeyBody }> {
  return useChange(({ id, body }) => requestJson(item(id), { method: "PATCH", body }), { staleKeys });
}

/** Sets the usage counted against a key's limits back to zero. */
export function useResetApiKeyUsage(): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(`${item(id)}/reset-usage`, { method: "POST", body: {} }), { staleKeys });
}

/** Removes a key for good; `onDeleted` is called even when the key's row is gone by then. */
export function useDeleteApiKey(onDeleted: () => void = () => undefined): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(item(id), { method: "DELETE" }), { staleKeys, onSuccess: onDeleted });
}

/** Does the same to many keys at once. */
export function useBulkApiKeys(): UseMutationResult<BulkResult, Error, BulkBody> {
  return useChange((body) => requestJson(`${collection}/bulk`, { method: "POST", body }), { staleKeys });
}
