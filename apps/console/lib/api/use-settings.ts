import type { SettingsView, UpdateSettingsBody } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

/** What an admin may change while the gateway runs, and what was set at its start. */
export function useSettings(): UseQueryResult<SettingsView> {
  return useQuery({
    queryKey: queryKeys.settings,
    queryFn: ({ signal }) => requestJson<SettingsView>("/api/admin/settings", { signal }),
    staleTime: 30_000,
  });
}

/** Changes what is given; aliases and fallbacks are replaced as a whole. */
export function useUpdateSettings(): UseMutationResult<SettingsView, Error, UpdateSettingsBody> {
  return useChange((body) => requestJson("/api/admin/settings", { method: "PATCH", body }), {
    staleKeys: [queryKeys.settings, queryKeys.models],
  });
}
