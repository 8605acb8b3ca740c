import type { OwnKey, OwnSessionPage, OwnTurnPage, OwnUsage } from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { requestJson } from "./request-json";

/** What a key's holder may know of it. */
export type { OwnKey };

const withKey = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** Limits and usage of the key whose value is given; the value is in no cache and no address. */
export function useOwnKey(secret: string | null, attempt: number): UseQueryResult<OwnKey> {
  return useQuery({
    queryKey: ["own-key", attempt],
    queryFn: ({ signal }) => requestJson<OwnKey>("/api/me", { signal, headers: withKey(secret ?? "") }),
    enabled: secret !== null,
    refetchInterval: 30_000,
    retry: false,
    gcTime: 0,
  });
}

/** What the key used over the last days, by day and by model. */
export function useOwnUsage(secret: string, attempt: number, timeZone: string): UseQueryResult<OwnUsage> {
  return useQuery({
    queryKey: ["own-usage", attempt, timeZone],
    queryFn: ({ signal }) =>
      requestJson<OwnUsage>(`/api/me/usage?${new URLSearchParams({ tz: timeZone })}`, {
        signal,
        headers: withKey(secret),
      }),
    retry: false,
    gcTime: 0,
  });
}

/** The conversations recorded of the key, a page after the other; only for one that sees them. */
export function useOwnSessions(secret: string, attempt: number): UseInfiniteQueryResult<InfiniteData<OwnSessionPage>> {
  return useInfiniteQuery({
    queryKey: ["own-sessions", attempt],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? "" : `?${new URLSearchParams({ cursor: pageParam })}`;
      return requestJson<OwnSessionPage>(`/api/me/sessions${query}`, { signal, headers: withKey(secret) });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    retry: false,
    gcTime: 0,
  });
}

/** What was said in a conversation of the key, a page after the other. */
export function useOwnTurns(
  secret: string,
  attempt: number,
  sessionId: string,
): UseInfiniteQueryResult<InfiniteData<OwnTurnPage>> {
  return useInfiniteQuery({
    queryKey: ["own-turns", attempt, sessionId],
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam === null ? "" : `?${new URLSearchParams({ cursor: pageParam })}`;
      const path = `/api/me/sessions/${encodeURIComponent(sessionId)}/turns${query}`;
      return requestJson<OwnTurnPage>(path, { signal, headers: withKey(secret) });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    retry: false,
    gcTime: 0,
  });
}

/** The list of models that the key may use, as the OpenAI API has it. */
export function useOwnModels(secret: string | null, attempt: number): UseQueryResult<unknown> {
  return useQuery({
    queryKey: ["own-models", attempt],
    queryFn: ({ signal }) => requestJson<unknown>("/openai/v1/models", { signal, headers: withKey(secret ?? "") }),
    enabled: secret !== null,
    retry: false,
    gcTime: 0,
  });
}

/** Takes the key's own seat out of the pool; the key ends with it. */
export function useLeaveSeat(secret: string): UseMutationResult<void, Error, void> {
  return useMutation({
    mutationFn: () => requestJson<void>("/api/me/seat", { method: "DELETE", headers: withKey(secret) }),
  });
}
