import type {
  BulkBody,
  BulkResult,
  CreateGithubTokenBody,
  DeviceSignInStart,
  DeviceSignInStatus,
  GithubTokenList,
  GithubTokenQuotas,
  GithubTokenView,
  UpdateGithubTokenBody,
} from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useFallbackInterval } from "#lib/live/use-live-refresh";
import { orMissing } from "./feature";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/github-tokens";
const staleKeys = [queryKeys.githubTokens, queryKeys.githubTokenQuotas, queryKeys.models];
const item = (id: string) => `${collection}/${encodeURIComponent(id)}`;

export type GithubToken = GithubTokenView;

/** What the gateway says of a token right after it was added. */
export type AddedGithubToken = GithubToken;

/** The pool's tokens: states and quotas change by themselves, and live events tell of it. */
export function useGithubTokens(): UseQueryResult<GithubTokenList> {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: queryKeys.githubTokens,
    queryFn: ({ signal }) => requestJson<GithubTokenList>(collection, { signal }),
    refetchInterval,
  });
}

/** Every quota bucket of every token as last seen. */
export function useGithubTokenQuotas(): UseQueryResult<GithubTokenQuotas> {
  return useQuery({
    queryKey: queryKeys.githubTokenQuotas,
    queryFn: ({ signal }) => requestJson<GithubTokenQuotas>(`${collection}/quotas`, { signal }),
    staleTime: 15_000,
  });
}

/** Adds a token; the answer tells whether GitHub accepted it. The token itself is not kept in the cache. */
export function useAddGithubToken(): UseMutationResult<AddedGithubToken, Error, CreateGithubTokenBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

/** Asks GitHub about a token now: its login, plan and quota. */
export function useCheckGithubToken(): UseMutationResult<GithubToken, Error, string> {
  return useChange((id) => requestJson(`${item(id)}/check`, { method: "POST", body: {} }), { staleKeys });
}

/** Gives a token another alias, another secret, or takes it in and out of the pool. */
export function useUpdateGithubToken(): UseMutationResult<
  GithubToken,
  Error,
  { id: string; body: UpdateGithubTokenBody }
> {
  return useChange(({ id, body }) => requestJson(item(id), { method: "PATCH", body }), { staleKeys });
}

/** Removes a token from the pool; `onDeleted` is called even when the token's row is gone by then. */
export function useDeleteGithubToken(
  onDeleted: () => void = () => undefined,
): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(item(id), { method: "DELETE" }), { staleKeys, onSuccess: onDeleted });
}

/** Begins a sign-in by code: GitHub shows the holder what to type where. */
export function useStartDeviceSignIn(): UseMutationResult<DeviceSignInStart, Error, string> {
  return useChange((alias) => requestJson(`${collection}/device`, { method: "POST", body: { alias } }), {
    staleKeys: [],
  });
}

const signInLookEveryMs = 2_000;

/** How far a sign-in by code is, asked until it is over; null once the gateway knows it no more. */
export function useDeviceSignIn(id: string): UseQueryResult<DeviceSignInStatus | null> {
  return useQuery({
    queryKey: ["device-sign-in", id],
    queryFn: ({ signal }) =>
      orMissing(requestJson<DeviceSignInStatus>(`${collection}/device/${encodeURIComponent(id)}`, { signal })),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data?.status === "pending" ? signInLookEveryMs : false,
    gcTime: 0,
  });
}

/** Does the same to many tokens at once. */
export function useBulkGithubTokens(): UseMutationResult<BulkResult, Error, BulkBody> {
  return useChange((body) => requestJson(`${collection}/bulk`, { method: "POST", body }), { staleKeys });
}

/** Asks GitHub about every token now. */
export function useCheckAllGithubTokens(): UseMutationResult<unknown, Error, void> {
  return useChange(() => requestJson(`${collection}/check-all`, { method: "POST", body: {} }), { staleKeys });
}
