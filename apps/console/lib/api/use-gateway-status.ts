import type { AlertView, GatewayStatus } from "@copilot-llm/gateway/admin-api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useFallbackInterval, useLiveRefresh } from "#lib/live/use-live-refresh";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type GatewayAlert = AlertView;

/** Whether the gateway serves and what wants attention. */
export function useGatewayStatus(): UseQueryResult<GatewayStatus> {
  const fallback = useFallbackInterval();
  // How many run.
  useLiveRefresh(queryKeys.status, "request_started");
  useLiveRefresh(queryKeys.status, "request");
  return useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => requestJson<GatewayStatus>("/api/status", { signal }),
    refetchInterval: fallback === false ? 30_000 : fallback,
  });
}
