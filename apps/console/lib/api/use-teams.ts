import type { CreateTeamBody, TeamBody, TeamList, UpdateTeamBody } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

const collection = "/api/admin/teams";
const staleKeys = [queryKeys.teams];
const item = (id: string) => `${collection}/${encodeURIComponent(id)}`;

/** Limits that several keys share, and what they have used of them together. */
export type Team = TeamBody;

export function useTeams(): UseQueryResult<readonly Team[]> {
  return useQuery({
    queryKey: queryKeys.teams,
    queryFn: async ({ signal }) => (await requestJson<TeamList>(collection, { signal })).teams,
  });
}

export function useCreateTeam(): UseMutationResult<Team, Error, CreateTeamBody> {
  return useChange((body) => requestJson(collection, { method: "POST", body }), { staleKeys });
}

export function useUpdateTeam(): UseMutationResult<Team, Error, { id: string; body: UpdateTeamBody }> {
  return useChange(({ id, body }) => requestJson(item(id), { method: "PATCH", body }), { staleKeys });
}

/** Refused while keys are in the team; `onDeleted` is called even when the team's row is gone by then. */
export function useDeleteTeam(onDeleted: () => void): UseMutationResult<unknown, Error, string> {
  return useChange((id) => requestJson(item(id), { method: "DELETE" }), { staleKeys, onSuccess: onDeleted });
}
