import { setImmediate } from "node:timers/promises";
import type { RecordedRequest } from "../../interfaces/ledger.js";
import type {
  ConversationTip,
  SessionFilter,
  SessionFilterOptions,
  SessionOption,
  SessionPage,
  SessionQuery,
  SessionSummary,
} from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import type { LoggedLine } from "../thread/calls.js";
import { matchingCondition } from "./matching-sql.js";
import { type PositionRange, walkBackwards } from "./position-walk.js";
import { readTolerantly } from "./read-tolerantly.js";
import { type RecordReader, type StoredRequest, storedColumns } from "./record-reader.js";
import { encodeCursor, parseCursor } from "./session-cursor.js";
import { StatementCache } from "./statement-cache.js";
import { type SummedRow, summariseSession, summedColumns } from "./summarise-sessions.js";

export interface SessionReaderOptions {
  readonly database: SqlDatabase;
  readonly records: RecordReader;
  readonly log: (line: LoggedLine) => void;
}

interface Tip {
  readonly position: number;
  readonly conversation_id: string;
}

/** How many records one page of a text search looks through. */
const maxSearchedRecords = 2000;
/** A search needs bodies: they come in small steps. */
const searchedAtOnce = 50;
const exportedAtOnce = 50;
const exportedBytesAtOnce = 8 << 20;

export interface ExportedPart {
  readonly recorded: readonly RecordedRequest[];
  /** Goes on after this position; null at the end. */
  readonly after: number | null;
}

/** Sessions as what the records' conversations have in common. Long walks go in steps, with room for others between. */
export class SessionReader {
  readonly #options: SessionReaderOptions;
  readonly #statements: StatementCache;
  #hasToldDamage = false;

  constructor(options: SessionReaderOptions) {
    this.#options = options;
    this.#statements = new StatementCache(options.database);
  }

  async list(query: SessionQuery): Promise<SessionPage> {
    const { tips, nextCursor } =
      query.text === undefined ? await this.#findPage(query) : await this.#searchPage(query, query.text);
    return { sessions: this.#summarise(tips), nextCursor };
  }

  find(id: string) {
    const records = this.#options.records.ofConversation(id);
    const latest = records.at(-1);
    if (latest === undefined) return null;
    const summary = summariseSession(this.#summedRows([id]), latest);
    return { summary, records };
  }

  filterOptions(): SessionFilterOptions {
    const options = (dimension: "model" | "key" | "token"): SessionOption[] =>
      this.#statements
        .prepare(
          `SELECT group_id AS id, label, max(start_ms) FROM statistics_cells
           WHERE dimension = ? AND span = 'month' AND group_id <> '' GROUP BY group_id`,
        )
        .all<{ id: string; label: string | null }>(dimension)
        .map(({ id, label }) => ({ id, label: label ?? id }))
        .sort((a, b) => a.label.localeCompare(b.label, "en"));
    return { models: options("model").map(({ id }) => id), keys: options("key"), tokens: options("token") };
  }

  withOpening(opening: string, limit: number): readonly ConversationTip[] {
    // A semicolon follows the colon: what goes on behind the opening lies between them.
    return this.#statements
      .prepare(
        `SELECT conversation_id AS conversationId, id AS requestId, max(position) FROM records
         WHERE recording <> 'off' AND conversation_id > ?1 || ':' AND conversation_id < ?1 || ';'
           AND instr(substr(conversation_id, length(?1) + 2), ':') = 0
         GROUP BY conversation_id ORDER BY conversation_id DESC LIMIT ?2`,
      )
      .all<ConversationTip>(opening, limit)
      .map(({ conversationId, requestId }) => ({ conversationId, requestId }));
  }

  /** The last position that an export as of now has part in. */
  lastPosition(): number {
    const last = this.#statements.prepare("SELECT max(position) AS last FROM records").get<{ last: number | null }>();
    return last?.last ?? 0;
  }

  /** The next matching records after a position, with bodies, up to another. */
  async exportPart(filter: SessionFilter, after: number, through: number): Promise<ExportedPart> {
    const matches = filter.text === undefined ? () => true : createTextMatcher(filter.text);
    const condition = matchingCondition(filter, "record");
    const statement = this.#statements.prepare(
      `SELECT ${storedColumns} FROM records AS record
       WHERE position >= ? AND position < ? AND ${condition.sql} ORDER BY position LIMIT ?`,
    );
    const recorded: RecordedRequest[] = [];
    let bytes = 0;
    const range = { from: after + 1, to: through + 1 };
    for (const step of walkBackwards(this.#options.database, filter, range).reverse()) {
      for (let { from } = step; from < step.to; ) {
        const rows = this.#readTolerantly({ ...step, from }, "ascending", (part) =>
          statement.all<StoredRequest>(part.from, part.to, ...condition.values, exportedAtOnce),
        ).slice(0, exportedAtOnce);
        for (const row of rows) {
          const found = this.#options.records.decode(row);
          if (matches(found)) {
            recorded.push(found);
            bytes += found.bodies === null ? 0 : row.body_bytes;
          }
          from = row.position + 1;
          if (recorded.length >= exportedAtOnce || bytes >= exportedBytesAtOnce)
            return { recorded, after: row.position };
        }
        if (rows.length < exportedAtOnce) break;
        await setImmediate();
      }
      await setImmediate();
    }
    return { recorded, after: null };
  }

  /** Each conversation stands where its latest matching record does. */
  async #findPage(query: SessionQuery) {
    const { limit, cursor } = query;
    const range = { from: 0, to: cursor === undefined ? Number.MAX_SAFE_INTEGER : parseCursor(cursor) };
    const matching = matchingCondition(query, "record");
    const newer = matchingCondition(query, "newer");
    const statement = this.#statements.prepare(
      `SELECT record.position, record.conversation_id FROM records AS record
       WHERE record.position >= ? AND record.position < ? AND ${matching.sql} AND NOT EXISTS (
         SELECT 1 FROM records AS newer WHERE newer.conversation_id = record.conversation_id
           AND newer.position > record.position AND ${newer.sql})
       ORDER BY record.position DESC LIMIT ?`,
    );
    const tips: Tip[] = [];
    for (const step of walkBackwards(this.#options.database, query, range)) {
      const wanted = limit + 1 - tips.length;
      const found = this.#readTolerantly(step, "descending", (part) =>
        statement.all<Tip>(part.from, part.to, ...matching.values, ...newer.values, wanted),
      );
      tips.push(...found.slice(0, wanted));
      if (tips.length > limit) {
        const page = tips.slice(0, limit);
        return { tips: page, nextCursor: encodeCursor(page.at(-1)?.position ?? range.to) };
      }
      await setImmediate();
    }
    return { tips, nextCursor: null };
  }

  /** Looks into a bounded number of records, the latest first. */
  async #searchPage(query: SessionQuery, text: string) {
    const { limit, cursor } = query;
    const before = cursor === undefined ? null : parseCursor(cursor);
    const matches = createTextMatcher(text);
    const condition = matchingCondition(query, "record");
    const select = `SELECT ${storedColumns} FROM records AS record WHERE ${condition.sql}`;
    const next = this.#statements.prepare(
      `${select} AND position >= ? AND position < ? ORDER BY position DESC LIMIT ?`,
    );
    const since = this.#statements.prepare(`${select} AND conversation_id = ? AND position >= ?`);
    const isMatch = (row: StoredRequest) => matches(this.#options.records.decode(row));
    const wasListed = (conversationId: string) =>
      before !== null && since.all<StoredRequest>(...condition.values, conversationId, before).some(isMatch);
    const tips: Tip[] = [];
    const listed = new Set<string>();
    let searched = 0;
    const range = { from: 0, to: before ?? Number.MAX_SAFE_INTEGER };
    let goOnFrom = range.to;
    for (const step of walkBackwards(this.#options.database, query, range)) {
      for (let { to } = step; to > step.from; ) {
        const rows = this.#readTolerantly({ ...step, to }, "descending", (part) =>
          next.all<StoredRequest>(...condition.values, part.from, part.to, searchedAtOnce),
        ).slice(0, searchedAtOnce);
        for (const row of rows) {
          if (tips.length === limit || searched === maxSearchedRecords) {
            return { tips, nextCursor: encodeCursor(goOnFrom) };
          }
          to = row.position;
          goOnFrom = row.position;
          searched += 1;
          if (listed.has(row.conversation_id) || !isMatch(row)) continue;
          listed.add(row.conversation_id);
          if (!wasListed(row.conversation_id)) tips.push(row);
        }
        if (rows.length < searchedAtOnce) break;
        await setImmediate();
      }
      await setImmediate();
    }
    return { tips, nextCursor: null };
  }

  #summarise(tips: readonly Tip[]): readonly SessionSummary[] {
    const rows = new Map<string, SummedRow[]>(tips.map((tip) => [tip.conversation_id, []]));
    for (const row of this.#summedRows([...rows.keys()])) rows.get(row.conversation_id)?.push(row);
    return tips.flatMap(({ conversation_id }) => {
      const ofSession = rows.get(conversation_id) ?? [];
      const latest = this.#options.records.recordAt(ofSession[0]?.position ?? 0);
      return latest === null ? [] : [summariseSession(ofSession, latest)];
    });
  }

  /** The latest first. */
  #summedRows(conversationIds: readonly string[]): readonly SummedRow[] {
    const places = conversationIds.map(() => "?").join(", ");
    return this.#statements
      .prepare(
        `SELECT ${summedColumns} FROM records WHERE recording <> 'off' AND conversation_id IN (${places})
         ORDER BY position DESC`,
      )
      .all<SummedRow>(...conversationIds);
  }

  #readTolerantly<Row>(
    range: PositionRange,
    order: "ascending" | "descending",
    read: (range: PositionRange) => readonly Row[],
  ): readonly Row[] {
    return readTolerantly(range, read, (position) => this.#tellDamage(position), order);
  }

  #tellDamage(position: number): void {
    if (this.#hasToldDamage) return;
    this.#hasToldDamage = true;
    const message = "Part of ledger.sqlite is damaged: records cannot be read. Restore a backup.";
    this.#options.log({ level: "error", message, fields: { position } });
  }
}
