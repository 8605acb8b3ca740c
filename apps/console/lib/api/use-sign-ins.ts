import type { SignInSession, SignInSessionList } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/auth/sessions";

export type SignIn = SignInSession;
export type SignInScope = "own" | "all";

/** Who is signed in to the console: oneself, or for admins everyone. */
export function useSignIns(scope: SignInScope): UseQueryResult<readonly SignIn[]> {
  return useQuery({
    queryKey: [...queryKeys.signIns, scope],
    queryFn: async ({ signal }) =>
      (await requestJson<SignInSessionList>(`${collection}?scope=${scope}`, { signal })).sessions,
  });
}

/** Ends one session. */
export function useEndSignIn(onEnded: () => void): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(`${collection}/${encodeURIComponent(id)}`, { method: "DELETE" }), {
    staleKeys: [queryKeys.signIns],
    onSuccess: onEnded,
  });
}

/** Signs oneself out everywhere but here. */
export function useEndOtherSignIns(): UseMutationResult<{ ended: number }, Error, void> {
  return useChange(() => requestJson(collection, { method: "DELETE" }), { staleKeys: [queryKeys.signIns] });
}
