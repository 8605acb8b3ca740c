import type { AuditEventView, AuditPage } from "@copilot-llm/gateway/admin-api";
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { queryKeys } from "./query-keys";
import { requestJson } from "./request-json";

type Fields = Readonly<Record<string, unknown>>;

/** What somebody did; newer gateways tell from where, and the changed fields as they were and are. */
export type AuditEvent = AuditEventView & { ip?: string | null; before?: Fields | null; after?: Fields | null };

/** What the trail can be narrowed by. */
export interface AuditFilter {
  actor: string | null;
  action: string | null;
  subject: string | null;
  text: string;
  fromMs: number;
  toMs: number | null;
  /** Whether sign-ins are part of it, which are many and change nothing. */
  hasSignIns: boolean;
}

interface Page {
  events: readonly AuditEvent[];
  next_cursor: string | null;
}

const pageSize = 100;
const maxExportedPages = 40;
const exportedPageSize = 500;

async function fetchPage(
  filter: AuditFilter,
  limit: number,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page> {
  const query = new URLSearchParams({ limit: String(limit), from: new Date(filter.fromMs).toISOString() });
  for (const name of ["actor", "action", "subject"] as const) {
    const value = filter[name];
    if (value !== null) query.set(name, value);
  }
  if (filter.text !== "") query.set("q", filter.text);
  if (filter.toMs !== null) query.set("to", new Date(filter.toMs).toISOString());
  if (cursor !== null) query.set("cursor", cursor);
  const page = await requestJson<AuditPage>(`/api/admin/audit?${query}`, signal === undefined ? {} : { signal });
  const events: readonly AuditEvent[] = page.events;
  const isShown = ({ action }: AuditEvent) => filter.hasSignIns || action !== "user.sign_in";
  return { events: events.filter(isShown), next_cursor: page.next_cursor };
}

/** Who did what, the latest first, a page after the other. */
export function useAudit(filter: AuditFilter, isEnabled: boolean): UseInfiniteQueryResult<InfiniteData<Page>> {
  return useInfiniteQuery({
    queryKey: [...queryKeys.audit, "list", filter],
    queryFn: ({ pageParam, signal }) => fetchPage(filter, pageSize, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    enabled: isEnabled,
  });
}

/** All that fits the filter, up to 20,000 events, for a file. */
export async function fetchAuditEvents(filter: AuditFilter): Promise<readonly AuditEvent[]> {
  const events: AuditEvent[] = [];
  let cursor: string | null = null;
  for (let count = 0; count < maxExportedPages; count += 1) {
    const page: Page = await fetchPage(filter, exportedPageSize, cursor);
    events.push(...page.events);
    cursor = page.next_cursor;
    if (cursor === null) break;
  }
  return events;
}
