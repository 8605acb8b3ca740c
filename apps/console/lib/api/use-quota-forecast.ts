import type { QuotaForecastView } from "@copilot-llm/gateway/admin-api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

export type QuotaForecast = QuotaForecastView;

/** As often as the gateway computes it. */
const computedEveryMs = 2 * 60_000;

/** What will be lost of each quota at its reset, as the gateway computed it last. */
export function useQuotaForecast(): UseQueryResult<QuotaForecast> {
  return useQuery({
    queryKey: queryKeys.quotaForecast,
    queryFn: ({ signal }) => requestJson<QuotaForecast>("/api/quota/forecast", { signal }),
    staleTime: computedEveryMs,
    refetchInterval: computedEveryMs,
  });
}
