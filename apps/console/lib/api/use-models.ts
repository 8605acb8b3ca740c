import type { ModelOverview, ModelOverviewList } from "@copilot-llm/gateway/admin-api";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** Every model that a token of the pool has. */
export function useModels(): UseQueryResult<readonly ModelOverview[]> {
  return useQuery({
    queryKey: queryKeys.models,
    queryFn: async ({ signal }) => (await requestJson<ModelOverviewList>("/api/models", { signal })).models,
    staleTime: 60_000,
  });
}

const noModels: readonly string[] = [];

/** The ids of the models that the pool serves, for suggestions and snippets; empty while unknown. */
export function useModelIds(): readonly string[] {
  const { data } = useModels();
  return data?.map(({ id }) => id) ?? noModels;
}
