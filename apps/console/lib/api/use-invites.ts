import type { CreatedInvite, CreateInviteBody, InviteList, InviteView } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useFallbackInterval } from "#lib/live/use-live-refresh";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/invites";
const staleKeys = [queryKeys.invites];

export type Invite = InviteView;

/** An invitation whose link was just made: it is shown once, and never again. */
export type NewInvite = CreatedInvite;

/** Every invitation, with who joined by it and what they agreed to. */
export function useInvites(): UseQueryResult<InviteList> {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: queryKeys.invites,
    queryFn: ({ signal }) => requestJson<InviteList>(collection, { signal }),
    refetchInterval,
  });
}

/** Invites somebody. The answer holds the link, once: show it, and let it be forgotten. */
export function useCreateInvite(): UseMutationResult<NewInvite, Error, CreateInviteBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

/** Takes an invitation back; `onDeleted` is called even when its row is gone by then. */
export function useDeleteInvite(onDeleted: () => void): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(`${collection}/${encodeURIComponent(id)}`, { method: "DELETE" }), {
    staleKeys,
    onSuccess: onDeleted,
  });
}
