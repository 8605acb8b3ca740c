import { setImmediate } from "node:timers/promises";
import type {
  ConversationTip,
  SessionFilterOptions,
  SessionOption,
  SessionPage,
  SessionQuery,
  SessionSummary,
} from "../../interfaces/sessions.js";
import { StatementCache } from "../driver/statement-cache.js";
import { matchingCondition } from "./matching-sql.js";
import { walkBackwards } from "./position-walk.js";
import { readTolerantly } from "./read-tolerantly.js";
import type { RecordSource } from "./record-reader.js";
import { encodeCursor, parseCursor, type SessionTip } from "./session-cursor.js";
import { SessionSearch } from "./session-search.js";
import { type SummedRow, summariseSession, summedColumns } from "./summarise-sessions.js";

/** Sessions as what the records' conversations have in common. Long walks go in steps, with room for others between. */
export class SessionReader {
  readonly #options: RecordSource;
  readonly #statements: StatementCache;
  readonly #search: SessionSearch;

  constructor(options: RecordSource) {
    this.#options = options;
    this.#statements = new StatementCache(options.database);
    this.#search = new SessionSearch(options);
  }

  async list(query: SessionQuery): Promise<SessionPage> {
    const { tips, nextCursor, searchedToMs } =
      query.text === undefined ? await this.#findPage(query) : await this.#search.page(query, query.text);
    return { sessions: this.#summarise(tips), nextCursor, searchedToMs };
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

  /** Each conversation stands where its latest matching record does. */
  async #findPage(query: SessionQuery) {
    const { limit, cursor } = query;
    const range = { from: 0, to: cursor === undefined ? Number.MAX_SAFE_INTEGER : parseCursor(cursor).before };
    const matching = matchingCondition(query, "record");
    const newer = matchingCondition(query, "newer");
    const statement = this.#statements.prepare(
      `SELECT record.position, record.conversation_id FROM records AS record
       WHERE record.position >= ? AND record.position < ? AND ${matching.sql} AND NOT EXISTS (
         SELECT 1 FROM records AS newer WHERE newer.conversation_id = record.conversation_id
           AND newer.position > record.position AND ${newer.sql})
       ORDER BY record.position DESC LIMIT ?`,
    );
    const tips: SessionTip[] = [];
    for (const step of walkBackwards(this.#options.database, query, range)) {
      const wanted = limit + 1 - tips.length;
      const found = readTolerantly(step, "descending", this.#options.onDamage, (part) =>
        statement.all<SessionTip>(part.from, part.to, ...matching.values, ...newer.values, wanted),
      );
      tips.push(...found.slice(0, wanted));
      if (tips.length > limit) {
        const page = tips.slice(0, limit);
        const before = page.at(-1)?.position ?? range.to;
        const nextCursor = encodeCursor({ walk: "records", before, indexedThrough: 0 });
        return { tips: page, nextCursor, searchedToMs: null };
      }
      await setImmediate();
    }
    return { tips, nextCursor: null, searchedToMs: null };
  }

  #summarise(tips: readonly SessionTip[]): readonly SessionSummary[] {
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
}
