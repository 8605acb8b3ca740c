import type { Kysely } from "kysely";
import type { SessionQuery } from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { decodeRecorded } from "../ledger/decode-record.js";
import { selectMatching } from "./matching-records.js";
import { encodeCursor, parseCursor } from "./session-cursor.js";

/** How many records one page of a text search looks through. */
const maxSearchedRecords = 2000;
/** Records come in steps of so many: few for a search, which needs their bodies. */
const searchedAtOnce = 50;
const walkedAtOnce = 500;

export interface FoundPage {
  /** Conversations by stored id, in order. */
  readonly conversationIds: readonly string[];
  readonly nextCursor: string | null;
  readonly searchedToMs: number | null;
}

interface MatchingRow {
  readonly conversation_id: string | null;
  readonly position: number;
  readonly started_at_ms: number;
}

/**
 * Walks the matching records from the latest backwards and takes each conversation where it comes up first. Those of
 * earlier pages are known by a matching record at or after the cursor.
 */
export async function findSessionPage(tables: Kysely<DatabaseTables>, query: SessionQuery): Promise<FoundPage> {
  const { limit, cursor } = query;
  const before = cursor === undefined ? null : parseCursor(cursor);
  const source = query.text === undefined ? createWalk(tables, query) : createSearch(tables, query, query.text);
  const conversationIds: string[] = [];
  const listed = new Set<string>();
  let position = before ?? Number.MAX_SAFE_INTEGER;
  let goOnFrom = position;
  let goOnFromMs: number | null = null;
  const pageTo = (from: number, atMs: number | null): FoundPage => ({
    conversationIds,
    nextCursor: encodeCursor(from),
    searchedToMs: query.text === undefined ? null : atMs,
  });
  for (;;) {
    const step = await source.next(position);
    const ids = [...new Set(step.matching.flatMap(({ conversation_id }) => conversation_id ?? []))];
    if (before !== null) {
      const unknown = ids.filter((id) => !listed.has(id));
      for (const id of await source.matchedSince(unknown, before)) listed.add(id);
    }
    for (const row of step.matching) {
      if (row.conversation_id === null || listed.has(row.conversation_id)) continue;
      if (conversationIds.length === limit) return pageTo(goOnFrom, goOnFromMs);
      listed.add(row.conversation_id);
      conversationIds.push(row.conversation_id);
      goOnFrom = row.position;
      goOnFromMs = row.started_at_ms;
    }
    if (step.isLast) return { conversationIds, nextCursor: null, searchedToMs: null };
    position = step.lastPosition;
    if (step.isEnough) {
      return conversationIds.length === limit ? pageTo(goOnFrom, goOnFromMs) : pageTo(position, step.lastAtMs);
    }
  }
}

interface Step {
  readonly matching: readonly MatchingRow[];
  readonly lastPosition: number;
  readonly lastAtMs: number | null;
  /** There is nothing before. */
  readonly isLast: boolean;
  /** There is, but it is for the next page. */
  readonly isEnough: boolean;
}

interface RecordSource {
  /** The next matching records before the position, latest first. */
  next(before: number): Promise<Step>;
  /** Which of the conversations have a matching record at or after the position. */
  matchedSince(conversationIds: readonly string[], from: number): Promise<readonly string[]>;
}

function createWalk(tables: Kysely<DatabaseTables>, query: SessionQuery): RecordSource {
  return {
    async next(before) {
      const matching = await selectMatching(tables, query)
        .select(["conversation_id", "position", "started_at_ms"])
        .where("position", "<", before)
        .orderBy("position", "desc")
        .limit(walkedAtOnce)
        .execute();
      return {
        matching,
        lastPosition: matching.at(-1)?.position ?? before,
        lastAtMs: matching.at(-1)?.started_at_ms ?? null,
        isLast: matching.length < walkedAtOnce,
        isEnough: false,
      };
    },
    async matchedSince(conversationIds, from) {
      if (conversationIds.length === 0) return [];
      const rows = await selectMatching(tables, query)
        .select("conversation_id")
        .distinct()
        .where("conversation_id", "in", conversationIds)
        .where("position", ">=", from)
        .execute();
      return rows.flatMap(({ conversation_id }) => conversation_id ?? []);
    },
  };
}

function createSearch(tables: Kysely<DatabaseTables>, query: SessionQuery, text: string): RecordSource {
  const matches = createTextMatcher(text);
  let searched = 0;
  const select = () =>
    selectMatching(tables, query).select([
      "conversation_id",
      "position",
      "started_at_ms",
      "record",
      "request_body",
      "response_body",
    ]);
  const isMatch = (row: Parameters<typeof decodeRecorded>[0]) => {
    const recorded = decodeRecorded(row);
    return recorded !== null && matches(recorded);
  };
  return {
    async next(before) {
      const rows = await select()
        .where("position", "<", before)
        .orderBy("position", "desc")
        .limit(searchedAtOnce)
        .execute();
      searched += rows.length;
      return {
        matching: rows.filter(isMatch),
        lastPosition: rows.at(-1)?.position ?? before,
        lastAtMs: rows.at(-1)?.started_at_ms ?? null,
        isLast: rows.length < searchedAtOnce,
        isEnough: searched >= maxSearchedRecords,
      };
    },
    async matchedSince(conversationIds, from) {
      const matched: string[] = [];
      for (const conversationId of conversationIds) {
        const rows = select().where("conversation_id", "=", conversationId).where("position", ">=", from);
        if ((await rows.execute()).some(isMatch)) matched.push(conversationId);
      }
      return matched;
    },
  };
}
