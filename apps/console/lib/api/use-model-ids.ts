import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { useGithubTokens } from "./use-github-tokens";

interface ModelList {
  data: { id: string }[];
}

const noModels: readonly string[] = [];

/**
 * The ids of the models that the pool serves, for suggestions and snippets; empty while unknown.
 * Not asked for while no token is active: the gateway then has no catalogue to show.
 */
export function useModelIds(): readonly string[] {
  const { data: tokens } = useGithubTokens();
  const { data: modelIds } = useQuery({
    queryKey: queryKeys.models,
    queryFn: async ({ signal }) => {
      const list = await requestJson<ModelList>("/openai/v1/models", { signal });
      return list.data.map((model) => model.id);
    },
    staleTime: 60_000,
    retry: false,
    enabled: tokens !== undefined && tokens.active > 0,
  });
  return modelIds ?? noModels;
}
