import type { CreateGithubTokenBody, GithubTokenList, GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/github-tokens";
const staleKeys = [queryKeys.githubTokens, queryKeys.models];
const item = (id: string) => `${collection}/${encodeURIComponent(id)}`;

/** What the gateway says of a token right after it was added. */
export type AddedGithubToken = Pick<GithubTokenView, "id" | "alias" | "status" | "login" | "plan" | "error_message">;

/** The pool's tokens, asked again regularly: states and quotas change by themselves. */
export function useGithubTokens(): UseQueryResult<GithubTokenList> {
  return useQuery({
    queryKey: queryKeys.githubTokens,
    queryFn: ({ signal }) => requestJson<GithubTokenList>(collection, { signal }),
    refetchInterval: 15_000,
  });
}

/** Adds a token; the answer tells whether GitHub accepted it. The token itself is not kept in the cache. */
export function useAddGithubToken(): UseMutationResult<AddedGithubToken, Error, CreateGithubTokenBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

/** Enables a disabled token and disables an enabled one. */
export function useToggleGithubToken(): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(`${item(id)}/toggle`, { method: "POST", body: {} }), { staleKeys });
}

/** Asks GitHub about a token now: its login, plan and quota. */
export function useCheckGithubToken(): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(`${item(id)}/check`, { method: "POST", body: {} }), { staleKeys });
}

/** Gives a token another alias. */
export function useRenameGithubToken(): UseMutationResult<unknown, Error, { id: string; alias: string }> {
  return useChange(({ id, alias }) => requestJson(item(id), { method: "PATCH", body: { alias } }), { staleKeys });
}

/** Removes a token from the pool; `onDeleted` is called even when the token's row is gone by then. */
export function useDeleteGithubToken(onDeleted: () => void): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(item(id), { method: "DELETE" }), { staleKeys, onSuccess: onDeleted });
}
