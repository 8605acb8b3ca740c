import type {
  ApiKeyList,
  ApiKeyView,
  BulkBody,
  BulkResult,
  CreateApiKeyBody,
  CreatedApiKey,
  UpdateApiKeyBody,
} from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useFallbackInterval } from "#lib/live/use-live-refresh";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/api-keys";
const staleKeys = [queryKeys.apiKeys];
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

/** Creates a key. The answer holds it in clear, once: show it, and let it be forgotten. */
export function useCreateApiKey(): UseMutationResult<CreatedKey, Error, CreateApiKeyBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

/** Replaces the secret of a key; the old one stops working at once. The answer holds the new one, once. */
export function useRotateApiKey(): UseMutationResult<CreatedKey, Error, string> {
  return useChange((id) => requestJson(`${item(id)}/rotate`, { method: "POST", body: {} }), { staleKeys });
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
