import type { AlertView, GatewayStatus } from "@copilot-llm/gateway/admin-api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useFallbackInterval } from "#lib/live/use-live-refresh";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type GatewayAlert = AlertView;

/** Whether the gateway serves and what wants attention. */
export function useGatewayStatus(): UseQueryResult<GatewayStatus> {
  const fallback = useFallbackInterval();
  return useQuery({
    queryKey: queryKeys.status,
    queryFn: ({ signal }) => requestJson<GatewayStatus>("/api/status", { signal }),
    refetchInterval: fallback === false ? 30_000 : fallback,
  });
}
