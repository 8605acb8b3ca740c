import type { AuditEvent } from "@copilot-llm/model";
import type { AuditStore } from "@copilot-llm/stores";

/** Every part that is given must hold. */
export interface AuditFilter {
  readonly actor?: string;
  /** A whole action (`api_key.create`), or its first part (`api_key`). */
  readonly action?: string;
  readonly subjectId?: string;
  /** At or after, and before. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Occurs in the event, in any case. */
  readonly text?: string;
}

export interface AuditQuery extends AuditFilter {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

export interface AuditPage {
  readonly events: readonly AuditEvent[];
  /** Null at the end. A page may be short before that: a search looks through a bounded number of events at a time. */
  readonly nextCursor: string | null;
}

const chunkSize = 500;
const maxChunks = 20;

/** The newest first. */
export async function searchAudit(store: Pick<AuditStore, "list">, query: AuditQuery): Promise<AuditPage> {
  const found: AuditEvent[] = [];
  let before = query.cursor;
  // Unfiltered, one look is enough.
  const { limit, cursor: _, ...filter } = query;
  const size = Object.keys(filter).length === 0 ? limit + 1 : chunkSize;
  for (let chunk = 0; chunk < maxChunks; chunk += 1) {
    const events = await store.list({ limit: size, ...(before === undefined ? {} : { before }) });
    for (const event of events) {
      if (query.fromMs !== undefined && event.atMs < query.fromMs) return { events: found, nextCursor: null };
      if (!matches(event, query)) continue;
      // One more than asked for: there is a next page.
      if (found.length === limit) return { events: found, nextCursor: found.at(-1)?.id ?? null };
      found.push(event);
    }
    if (events.length < size) return { events: found, nextCursor: null };
    before = events.at(-1)?.id;
  }
  return { events: found, nextCursor: before ?? null };
}

function matches(event: AuditEvent, { actor, action, subjectId, toMs, text }: AuditFilter): boolean {
  return (
    (actor === undefined || event.actor === actor) &&
    (action === undefined || event.action === action || event.action.startsWith(`${action}.`)) &&
    (subjectId === undefined || event.subjectId === subjectId) &&
    (toMs === undefined || event.atMs < toMs) &&
    (text === undefined || holds(event, text.toLowerCase()))
  );
}

function holds({ actor, action, subjectId, detail }: AuditEvent, text: string): boolean {
  return [actor, action, subjectId, ...Object.values(detail)].some((value) =>
    String(value).toLowerCase().includes(text),
  );
}
