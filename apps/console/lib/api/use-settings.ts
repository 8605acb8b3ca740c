import type { SettingsView, UpdateSettingsBody } from "@copilot-llm/gateway/admin-api";
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useChange } from "./use-change";

export type GatewaySettings = SettingsView;

/** What an admin may change while the gateway runs, and what was set at its start. */
export function useSettings(): UseQueryResult<SettingsView> {
  return useQuery({
    queryKey: queryKeys.settings,
    queryFn: ({ signal }) => requestJson<SettingsView>("/api/admin/settings", { signal }),
    staleTime: 30_000,
  });
}

interface SettingsChange {
  changes: UpdateSettingsBody;
  /** Of the settings that the change was made from: somebody else's change in between is not overwritten. */
  version: string;
}

/** Changes what is given; aliases and fallbacks are replaced as a whole. */
export function useUpdateSettings(): UseMutationResult<SettingsView, Error, SettingsChange> {
  return useChange(
    ({ changes, version }) =>
      requestJson("/api/admin/settings", { method: "PATCH", body: changes, headers: { "if-match": `"${version}"` } }),
    { staleKeys: [queryKeys.settings, queryKeys.models] },
  );
}
