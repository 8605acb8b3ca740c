import type { AuditEventView, AuditPage } from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

/** What somebody did, from where, and the changed fields as they were and are. */
export type AuditEvent = AuditEventView;

/** Many, and they change nothing. */
const signInActions: readonly string[] = ["user.sign_in", "user.sign_out"];

/** What the trail can be narrowed by. */
export interface AuditFilter {
  actor: string | null;
  action: string | null;
  subject: string | null;
  text: string;
  fromMs: number;
  toMs: number | null;
  /** Whether signing in and out is part of it. */
  hasSignIns: boolean;
}

interface Page {
  events: readonly AuditEvent[];
  next_cursor: string | null;
}

const pageSize = 100;

function encodeFilter(filter: AuditFilter): URLSearchParams {
  const query = new URLSearchParams({ from: new Date(filter.fromMs).toISOString() });
  for (const name of ["actor", "action", "subject"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (filter.text !== "") query.set("q", filter.text);
  if (filter.toMs !== null) query.set("to", new Date(filter.toMs).toISOString());
  return query;
}

async function fetchPage(filter: AuditFilter, cursor: string | null, signal: AbortSignal): Promise<Page> {
  const query = encodeFilter(filter);
  query.set("limit", String(pageSize));
  if (cursor !== null) query.set("cursor", cursor);
  const page = await requestJson<AuditPage>(`/api/admin/audit?${query}`, { signal });
  const isShown = ({ action }: AuditEvent) => filter.hasSignIns || !signInActions.includes(action);
  return { events: page.events.filter(isShown), next_cursor: page.next_cursor };
}

/** Who did what, the latest first, a page after the other. */
export function useAudit(filter: AuditFilter, isEnabled: boolean): UseInfiniteQueryResult<InfiniteData<Page>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.audit, "list", filter],
    queryFn: ({ pageParam, signal }) => fetchPage(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** Where all that fits the filter can be had as a file, sign-ins included. */
export function auditExportHref(filter: AuditFilter, format: "jsonl" | "csv"): string {
  const query = encodeFilter(filter);
  query.set("format", format);
  return `/api/admin/audit/export?${query}`;
}
