import type { QuotaCyclesView } from "@copilot-llm/gateway/admin-api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** What became of one payer's quota from one reset to the next. */
export type QuotaCycle = QuotaCyclesView["cycles"][number];

/** The cycles that have ended, the latest first. */
export function useQuotaCycles(): UseQueryResult<readonly QuotaCycle[]> {
  return useQuery({
    queryKey: queryKeys.quotaCycles,
    queryFn: async ({ signal }) => (await requestJson<QuotaCyclesView>("/api/quota/cycles", { signal })).cycles,
    staleTime: 60_000,
  });
}
