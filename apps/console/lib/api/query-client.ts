import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api-error";
import { queryKeys } from "./query-keys";

/**
 * The cache of one console. An answer 401 means that the session ended: the auth status is asked again,
 * and the auth gate then leads to the login page.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) {
      void client.invalidateQueries({ queryKey: queryKeys.authStatus });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && isWorthRetrying(error) },
      // A change that cannot be sent fails at once. Kept for later it would happen when nobody expects it any more.
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}

function isWorthRetrying(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
}
