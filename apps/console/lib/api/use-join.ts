import type { InvitationView, JoinBody, JoinState } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query";
import { orMissing } from "./feature";
import { requestJson } from "./request-json";

const invitationPath = (code: string) => `/api/join/${encodeURIComponent(code)}`;

/** What an invitation says to whoever has its link; without its code nothing is asked. */
export function useInvitation(code: string): UseQueryResult<InvitationView> {
  return useQuery({
    queryKey: ["invitation", code],
    queryFn: ({ signal }) => requestJson<InvitationView>(invitationPath(code), { signal }),
    enabled: code !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Joins. The answer holds the new key, once; it stays in no cache. */
export function useJoin(code: string): UseMutationResult<JoinState, Error, JoinBody> {
  return useMutation({
    mutationFn: (body) => requestJson<JoinState>(invitationPath(code), { method: "POST", body }),
    gcTime: 0,
  });
}

/** What has become of a sign-in at GitHub, asked as often as GitHub likes it; null once the gateway knows it no more. */
export function useJoining(code: string, id: string, intervalSeconds: number): UseQueryResult<JoinState | null> {
  return useQuery({
    queryKey: ["joining", code, id],
    queryFn: ({ signal }) =>
      orMissing(requestJson<JoinState>(`${invitationPath(code)}/device/${encodeURIComponent(id)}`, { signal })),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data?.status === "pending" ? intervalSeconds * 1_000 : false,
    gcTime: 0,
  });
}
