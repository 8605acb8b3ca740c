import type {
  LiveRequest,
  RequestDetail,
  RequestFacts,
  RequestList,
  StreamEvents,
} from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  queryOptions,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { orMissing } from "./feature";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";
import { encodeSessionFilter, type SessionFilter } from "./use-sessions";

export type { RequestDetail, RequestFacts };
export type RequestAttempt = RequestFacts["attempts"][number];

/** The latest requests, of all or of the narrowing's alone, the one that ended last first. */
export function useLatestRequests(limit: number, narrowing: Narrowing | null): UseQueryResult<readonly RequestFacts[]> {
  return useQuery({
    queryKey: [...queryKeys.requests, "latest", limit, narrowing],
    queryFn: async ({ signal }) => {
      const filter = narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`;
      return (await requestJson<RequestList>(`/api/requests?limit=${limit}${filter}`, { signal })).requests;
    },
  });
}

const pageSize = 50;
/** No more are kept: whoever looks further back narrows the list. */
const maxPages = 20;

/** Recorded requests, the one that ended last first, a page after the other. */
export function useRequestList(filter: SessionFilter): UseInfiniteQueryResult<InfiniteData<RequestList>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.requests, "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = encodeSessionFilter(filter);
      query.set("limit", String(pageSize));
      if (pageParam !== null) query.set("cursor", pageParam);
      return requestJson<RequestList>(`/api/requests?${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < maxPages ? last.next_cursor : null),
    placeholderData: keepPreviousData,
  });
}

/** One request without its bodies; null where it is not known (any more). */
export function useRequestDetail(id: string | null): UseQueryResult<RequestDetail | null> {
  return useQuery(requestDetailOptions(id));
}

/** How one request is asked for. */
export function requestDetailOptions(id: string | null) {
  return queryOptions({
    queryKey: [...queryKeys.requests, id],
    queryFn: ({ signal }) =>
      orMissing(requestJson<RequestDetail>(`/api/requests/${encodeURIComponent(id ?? "")}`, { signal })),
    enabled: id !== null,
    staleTime: 60_000,
  });
}

const eventsPerPage = 500;

export type StreamEvent = StreamEvents["events"][number];

/** The events of a request's stream with their times, a page after the other; null where none is recorded. */
export function useStreamEvents(id: string): UseInfiniteQueryResult<InfiniteData<StreamEvents | null>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.requests, id, "events"],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(eventsPerPage), offset: String(pageParam) });
      return orMissing(
        requestJson<StreamEvents>(`/api/requests/${encodeURIComponent(id)}/events?${query}`, { signal }),
      );
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last !== null && pages.length * eventsPerPage < last.total ? pages.length * eventsPerPage : null,
    // What users said is not kept longer than it is shown.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What an event tells of a request, in the list's form; what it does not tell is not known. */
export function factsOfEvent(event: LiveRequest): RequestFacts {
  return {
    id: event.id,
    session_id: event.session_id,
    at: event.started_at,
    key_id: event.key_id,
    key_alias: event.key_alias,
    token_id: event.token_id,
    token_alias: event.token_alias,
    client_ip: null,
    user_agent: event.user_agent,
    operation: "generate",
    protocol: protocolOf(event.protocol),
    wire: null,
    stream: false,
    model_asked: event.model ?? "",
    model_used: event.model,
    initiator: event.initiator,
    attempts: [],
    outcome: event.outcome,
    status: event.status,
    error_code: event.error_code,
    ttft_ms: event.ttft_ms,
    duration_ms: event.duration_ms,
    input_tokens: event.input_tokens,
    output_tokens: event.output_tokens,
    cache_read_tokens: null,
    cache_write_tokens: null,
    reasoning_tokens: null,
    premium_units: event.premium_units,
    nano_aiu: event.nano_aiu,
    recording: "full",
  };
}

function protocolOf(name: string): RequestFacts["protocol"] {
  const known = ["openai-chat", "openai-responses", "anthropic-messages", "openai-embeddings"] as const;
  return known.find((protocol) => protocol === name) ?? "openai-chat";
}
