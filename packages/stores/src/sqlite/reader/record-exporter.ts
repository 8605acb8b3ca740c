import { setImmediate } from "node:timers/promises";
import type { RecordedRequest } from "../../interfaces/ledger.js";
import type { SessionFilter } from "../../interfaces/sessions.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import { StatementCache } from "../driver/statement-cache.js";
import { matchingCondition } from "./matching-sql.js";
import { walkBackwards } from "./position-walk.js";
import { readTolerantly } from "./read-tolerantly.js";
import type { RecordSource } from "./record-reader.js";
import { type StoredRequest, storedColumns } from "./record-reader.js";

const exportedAtOnce = 50;
const exportedBytesAtOnce = 8 << 20;

export interface ExportedPart {
  readonly recorded: readonly RecordedRequest[];
  /** Goes on after this position; null at the end. */
  readonly after: number | null;
}

/** Gives out matching records with bodies, part by part. */
export class RecordExporter {
  readonly #options: RecordSource;
  readonly #statements: StatementCache;

  constructor(options: RecordSource) {
    this.#options = options;
    this.#statements = new StatementCache(options.database);
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
        const rows = readTolerantly({ ...step, from }, "ascending", this.#options.onDamage, (part) =>
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
}
