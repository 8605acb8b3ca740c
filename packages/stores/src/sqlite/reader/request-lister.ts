import { setImmediate } from "node:timers/promises";
import type { RequestRecord } from "@copilot-llm/model";
import type { RequestPage, SessionQuery } from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import { StatementCache } from "../driver/statement-cache.js";
import { decodeRecord } from "../record-batch/record-row.js";
import { matchingCondition } from "./matching-sql.js";
import { walkBackwards } from "./position-walk.js";
import { readTolerantly } from "./read-tolerantly.js";
import { type RecordSource, type StoredRequest, storedColumns } from "./record-reader.js";
import { encodeCursor, parseCursor } from "./session-cursor.js";

/** How many records one page of a search looks through. */
const maxSearchedRecords = 2000;
/** A search needs bodies: they come in small steps. */
const searchedAtOnce = 50;

/** Single requests, the one recorded last first. Long walks go in steps, with room for others between. */
export class RequestLister {
  readonly #options: RecordSource;
  readonly #statements: StatementCache;

  constructor(options: RecordSource) {
    this.#options = options;
    this.#statements = new StatementCache(options.database);
  }

  async list(query: SessionQuery): Promise<RequestPage> {
    const { limit, cursor, text } = query;
    const matches = text === undefined ? null : createTextMatcher(text);
    const atOnce = matches === null ? limit + 1 : searchedAtOnce;
    const { database, records } = this.#options;
    const requests: RequestRecord[] = [];
    let before = cursor === undefined ? Number.MAX_SAFE_INTEGER : parseCursor(cursor).before;
    let searched = 0;
    let searchedToMs: number | null = null;
    for (const step of walkBackwards(database, query, { from: 0, to: before })) {
      for (let { to } = step; to > step.from; ) {
        const rows = this.#readStep(query, { from: step.from, to }, atOnce);
        for (const row of rows) {
          if (requests.length === limit || searched === maxSearchedRecords) {
            return { requests, nextCursor: encodeCursor({ walk: "records", before, indexedThrough: 0 }), searchedToMs };
          }
          to = row.position;
          before = row.position;
          if (matches === null) {
            requests.push(decodeRecord(row));
            continue;
          }
          searched += 1;
          searchedToMs = row.started_at_ms;
          if (matches(records.decode(row))) requests.push(decodeRecord(row));
        }
        if (rows.length < atOnce) break;
        await setImmediate();
      }
      await setImmediate();
    }
    return { requests, nextCursor: null, searchedToMs: null };
  }

  #readStep(
    query: SessionQuery,
    range: { readonly from: number; readonly to: number },
    limit: number,
  ): readonly StoredRequest[] {
    const condition = matchingCondition(query, "record");
    const statement = this.#statements.prepare(
      `SELECT ${storedColumns} FROM records AS record
       WHERE position >= ? AND position < ? AND ${condition.sql} ORDER BY position DESC LIMIT ?`,
    );
    return readTolerantly(range, "descending", this.#options.onDamage, (part) =>
      statement.all<StoredRequest>(part.from, part.to, ...condition.values, limit),
    ).slice(0, limit);
  }
}
