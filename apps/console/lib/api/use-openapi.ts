import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** The gateway's description of its own API. */
export function useOpenapi<Document>(): UseQueryResult<Document> {
  return useQuery({
    queryKey: queryKeys.openapi,
    queryFn: ({ signal }) => requestJson<Document>("/openapi.json", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
