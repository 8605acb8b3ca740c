import type {
  MessagePart,
  SessionDetail,
  SessionFilterOptions,
  SessionPage,
  SessionTurnPage,
  SessionTurnView,
  SessionView,
} from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { orMissing } from "./feature";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** What recorded conversations and requests can be narrowed by. */
export interface SessionFilter {
  model: string | null;
  key: string | null;
  token: string | null;
  protocol: string | null;
  status: string | null;
  code: string | null;
  /** What occurs in the client's user agent. */
  client: string | null;
  /** What requests took and cost at least. */
  minMs: number | null;
  minCredits: number | null;
  text: string;
  fromMs: number;
  toMs: number | null;
}

export type { MessagePart, SessionDetail };
export type SessionSummary = SessionView;
export type SessionTurn = SessionTurnView;

/** What a tool gave back, and the plain parts of a message. */
export type ToolOutput = Extract<MessagePart, { type: "tool_result" }>["output"][number];

const pageSize = 50;
const maxPages = 20;

/** Whether more than the span of time is chosen. */
export function isNarrowed({ fromMs, toMs, ...parts }: SessionFilter): boolean {
  return Object.values(parts).some((value) => value !== null && value !== "");
}

/** A filter as the query of the gateway's lists and exports. */
export function encodeSessionFilter(filter: SessionFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ["model", "key", "token", "protocol", "status", "code", "client"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (filter.minMs !== null) query.set("min_ms", String(filter.minMs));
  if (filter.minCredits !== null) query.set("min_credits", String(filter.minCredits));
  if (filter.text !== "") query.set("text", filter.text);
  query.set("from", new Date(filter.fromMs).toISOString());
  if (filter.toMs !== null) query.set("to", new Date(filter.toMs).toISOString());
  return query;
}

/** Recorded conversations, the latest first, a page after the other. */
export function useSessions(
  filter: SessionFilter,
  isEnabled: boolean,
): UseInfiniteQueryResult<InfiniteData<SessionPage>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.sessions, "list", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = encodeSessionFilter(filter);
      query.set("limit", String(pageSize));
      if (pageParam !== null) query.set("cursor", pageParam);
      return requestJson<SessionPage>(`/api/sessions?${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last, pages) => (pages.length < maxPages ? last.next_cursor : null),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

const latestSessions = 5;

/** The latest conversations of one key. */
export function useLatestSessions(keyId: string): UseQueryResult<readonly SessionSummary[]> {
  return useQuery({
    queryKey: [...queryKeys.sessions, "latest", keyId],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ key: keyId, limit: String(latestSessions) });
      return (await requestJson<SessionPage>(`/api/sessions?${query}`, { signal })).sessions;
    },
  });
}

/** What the filters can be set to. */
export function useSessionFilterOptions(): UseQueryResult<SessionFilterOptions> {
  return useQuery({
    queryKey: [...queryKeys.sessions, "options"],
    queryFn: ({ signal }) => requestJson<SessionFilterOptions>("/api/sessions/filter-options", { signal }),
    staleTime: 60_000,
  });
}

const item = (id: string) => `/api/sessions/${encodeURIComponent(id)}`;

/** One conversation with the facts of its requests, without their bodies. */
export function useSession(id: string): UseQueryResult<SessionDetail | null> {
  return useQuery({
    queryKey: [...queryKeys.sessions, "detail", id],
    queryFn: ({ signal }) => orMissing(requestJson<SessionDetail>(`${item(id)}?bodies=omit`, { signal })),
  });
}

const firstTurns = 20;
/** As many as the gateway gives at once. */
export const mostTurns = 100;

/** What a conversation says, each thing once. */
export function useSessionTurns(id: string): UseInfiniteQueryResult<InfiniteData<SessionTurnPage>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.sessions, "turns", id],
    queryFn: ({ pageParam: { limit, cursor }, signal }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
      return requestJson<SessionTurnPage>(`${item(id)}/turns?${query}`, { signal });
    },
    initialPageParam: { limit: firstTurns, cursor: null as string | null },
    // Each is twice as long as the one before, so that a far turn is a few requests away.
    getNextPageParam: (last, _pages, { limit }) =>
      last.next_cursor === null ? null : { limit: Math.min(mostTurns, limit * 2), cursor: last.next_cursor },
  });
}
