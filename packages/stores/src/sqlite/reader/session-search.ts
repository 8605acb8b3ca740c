import { setImmediate } from "node:timers/promises";
import type { SessionQuery } from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import type { SqlStatement } from "../driver/sql-database.js";
import { StatementCache } from "../driver/statement-cache.js";
import { WordSearch, wordQuery } from "../words/word-search.js";
import { matchingCondition } from "./matching-sql.js";
import { walkBackwards } from "./position-walk.js";
import { readTolerantly } from "./read-tolerantly.js";
import { type RecordSource, type StoredRequest, storedColumns } from "./record-reader.js";
import { encodeCursor, parseCursor, type SessionCursor, type SessionTip } from "./session-cursor.js";

/** How many records one page of a search looks through. */
const maxSearchedRecords = 2000;
/** A search needs bodies: they come in small steps. */
const searchedAtOnce = 50;

interface FoundPage {
  readonly tips: readonly SessionTip[];
  readonly nextCursor: string | null;
  readonly searchedToMs: number | null;
}

/** One search, as far as its pages have it in common. */
interface Search {
  readonly query: SessionQuery;
  readonly words: string | null;
  readonly isMatch: (row: StoredRequest) => boolean;
  readonly condition: ReturnType<typeof matchingCondition>;
  readonly select: string;
}

/**
 * Looks for a text in records and bodies. Sessions that the index of words knows of come first, the one with the latest
 * such turn before the others; then those that only a look into every record finds.
 */
export class SessionSearch {
  readonly #options: RecordSource;
  readonly #statements: StatementCache;
  readonly #words: WordSearch;

  constructor(options: RecordSource) {
    this.#options = options;
    this.#statements = new StatementCache(options.database);
    this.#words = new WordSearch(options.database);
  }

  async page(query: SessionQuery, text: string): Promise<FoundPage> {
    const matches = createTextMatcher(text);
    const condition = matchingCondition(query, "record");
    const search: Search = {
      query,
      words: wordQuery(text),
      isMatch: (row) => matches(this.#options.records.decode(row)),
      condition,
      select: `SELECT ${storedColumns} FROM records AS record WHERE ${condition.sql}`,
    };
    const cursor = query.cursor === undefined ? this.#begin(search) : parseCursor(query.cursor);
    if (cursor.walk === "records") return this.#searchRecords(search, cursor);
    const page = await this.#searchWords(search, cursor);
    const next: SessionCursor = { ...cursor, walk: "records", before: Number.MAX_SAFE_INTEGER };
    if (page.nextCursor !== null) return page;
    return page.tips.length > 0
      ? { tips: page.tips, nextCursor: encodeCursor(next), searchedToMs: null }
      : this.#searchRecords(search, next);
  }

  #begin({ words }: Search): SessionCursor {
    const indexedThrough = words === null ? 0 : this.#words.through();
    return { walk: indexedThrough > 0 ? "words" : "records", before: Number.MAX_SAFE_INTEGER, indexedThrough };
  }

  async #searchWords(search: Search, cursor: SessionCursor): Promise<FoundPage> {
    const { limit } = search.query;
    const tips: SessionTip[] = [];
    const listed = new Set<string>();
    let { before } = cursor;
    let searched = 0;
    for (;;) {
      const hits = this.#words.find(search.words ?? "", before, cursor.indexedThrough, searchedAtOnce);
      for (const position of hits) {
        if (tips.length === limit || searched === maxSearchedRecords) {
          return { tips, nextCursor: encodeCursor({ ...cursor, before }), searchedToMs: null };
        }
        before = position;
        searched += 1;
        const row = this.#matchAt(search, position);
        if (row === null || listed.has(row.conversation_id)) continue;
        listed.add(row.conversation_id);
        if (!this.#hasIndexedMatch(search, cursor, row.conversation_id, position)) tips.push(row);
      }
      if (hits.length < searchedAtOnce) return { tips, nextCursor: null, searchedToMs: null };
      await setImmediate();
    }
  }

  async #searchRecords(search: Search, cursor: SessionCursor): Promise<FoundPage> {
    const { query, condition, select, isMatch } = search;
    const next = this.#statements.prepare(
      `${select} AND position >= ? AND position < ? ORDER BY position DESC LIMIT ?`,
    );
    const tips: SessionTip[] = [];
    const listed = new Set<string>();
    let { before } = cursor;
    let searchedToMs: number | null = null;
    let searched = 0;
    for (const step of walkBackwards(this.#options.database, query, { from: 0, to: before })) {
      for (let { to } = step; to > step.from; ) {
        const rows = readTolerantly({ ...step, to }, "descending", this.#options.onDamage, (part) =>
          next.all<StoredRequest>(...condition.values, part.from, part.to, searchedAtOnce),
        ).slice(0, searchedAtOnce);
        for (const row of rows) {
          if (tips.length === query.limit || searched === maxSearchedRecords) {
            return { tips, nextCursor: encodeCursor({ ...cursor, before }), searchedToMs };
          }
          to = row.position;
          before = row.position;
          searchedToMs = row.started_at_ms;
          searched += 1;
          if (listed.has(row.conversation_id) || !isMatch(row)) continue;
          listed.add(row.conversation_id);
          if (!this.#wasListed(search, cursor, row.conversation_id)) tips.push(row);
        }
        if (rows.length < searchedAtOnce) break;
        await setImmediate();
      }
      await setImmediate();
    }
    return { tips, nextCursor: null, searchedToMs: null };
  }

  /** On a page before: among what the index knew, or further up among the records. */
  #wasListed(search: Search, cursor: SessionCursor, conversationId: string): boolean {
    if (this.#hasIndexedMatch(search, cursor, conversationId, 0)) return true;
    if (cursor.before === Number.MAX_SAFE_INTEGER) return false;
    return this.#ofConversation(search)
      .all<StoredRequest>(...search.condition.values, conversationId, cursor.before)
      .some(search.isMatch);
  }

  #ofConversation({ select }: Search): SqlStatement {
    return this.#statements.prepare(`${select} AND conversation_id = ? AND position >= ?`);
  }

  /** Whether the index knows of a match in the conversation behind the position. */
  #hasIndexedMatch(search: Search, { indexedThrough }: SessionCursor, conversationId: string, after: number): boolean {
    if (search.words === null || indexedThrough === 0) return false;
    return this.#words
      .findInConversation(search.words, conversationId, after, indexedThrough)
      .some((position) => this.#matchAt(search, position) !== null);
  }

  #matchAt({ select, condition, isMatch }: Search, position: number): StoredRequest | null {
    const row = this.#statements
      .prepare(`${select} AND position = ?`)
      .get<StoredRequest>(...condition.values, position);
    return row !== undefined && isMatch(row) ? row : null;
  }
}
