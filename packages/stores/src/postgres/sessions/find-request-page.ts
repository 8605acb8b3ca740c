import type { RequestRecord } from "@copilot-llm/model";
import type { Kysely } from "kysely";
import type { RequestPage, SessionQuery } from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import type { DatabaseTables } from "../connection/database-tables.js";
import { decodeRecord, decodeRecorded } from "../ledger/decode-record.js";
import { selectMatching } from "./matching-records.js";
import { encodeCursor, parseCursor } from "./session-cursor.js";

/** How many records one page of a text search looks through. */
const maxSearchedRecords = 2000;
/** A search needs bodies: they come in small steps. */
const searchedAtOnce = 50;

/** Single requests, the one recorded last first. */
export async function findRequestPage(tables: Kysely<DatabaseTables>, query: SessionQuery): Promise<RequestPage> {
  const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : parseCursor(query.cursor);
  return query.text === undefined
    ? listPage(tables, query, before)
    : searchPage(tables, query, before, createTextMatcher(query.text));
}

async function listPage(tables: Kysely<DatabaseTables>, query: SessionQuery, before: number): Promise<RequestPage> {
  const rows = await selectMatching(tables, query)
    .select(["position", "record"])
    .where("position", "<", before)
    .orderBy("position", "desc")
    .limit(query.limit + 1)
    .execute();
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    requests: shown.flatMap(({ record }) => (record === null ? [] : [decodeRecord(record)])),
    nextCursor: rows.length > shown.length && last !== undefined ? encodeCursor(last.position) : null,
    searchedToMs: null,
  };
}

async function searchPage(
  tables: Kysely<DatabaseTables>,
  query: SessionQuery,
  from: number,
  matches: ReturnType<typeof createTextMatcher>,
): Promise<RequestPage> {
  const requests: RequestRecord[] = [];
  let before = from;
  let searched = 0;
  let searchedToMs: number | null = null;
  for (;;) {
    const rows = await selectMatching(tables, query)
      .select(["position", "started_at_ms", "record", "request_body", "response_body"])
      .where("position", "<", before)
      .orderBy("position", "desc")
      .limit(searchedAtOnce)
      .execute();
    for (const row of rows) {
      if (requests.length === query.limit || searched === maxSearchedRecords) {
        return { requests, nextCursor: encodeCursor(before), searchedToMs };
      }
      before = row.position;
      searched += 1;
      searchedToMs = row.started_at_ms;
      const recorded = decodeRecorded(row);
      if (recorded !== null && matches(recorded)) requests.push(recorded.record);
    }
    if (rows.length < searchedAtOnce) return { requests, nextCursor: null, searchedToMs: null };
  }
}
