import { turnText } from "../../text-search/turn-text.js";
import { wordsOf } from "../../text-search/words.js";
import type { BodyReader, StoredBodies } from "../bodies/body-reader.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

/** The words of the next turns, for the index. */
export interface IndexedTurns {
  readonly turns: readonly { readonly position: number; readonly words: string }[];
  /** Up to there everything that has words is in the index with these. */
  readonly through: number;
  /** There is nothing behind that. */
  readonly isLast: boolean;
}

/** In one step, so that others need not wait for long. */
const turnsAtOnce = 20;
const bytesAtOnce = 1 << 19;
const positionsAtOnce = 16_384;
/** Of one turn: more is a file that somebody sent. */
const mostWords = 2000;

/** Finds the words of turns that are not in the index yet. */
export class TurnIndexer {
  readonly #bodies: BodyReader;
  readonly #state: SqlStatement;
  readonly #next: SqlStatement;

  constructor(database: SqlDatabase, bodies: BodyReader) {
    this.#bodies = bodies;
    this.#state = database.prepare(
      "SELECT words_through, (SELECT max(position) FROM records) AS last FROM ledger_state",
    );
    this.#next = database.prepare(
      `SELECT position, body_file, body_offset, body_bytes FROM records
       WHERE position > ? AND position <= ? AND body_file IS NOT NULL AND recording <> 'off'
       ORDER BY position LIMIT ${turnsAtOnce}`,
    );
  }

  next(): IndexedTurns {
    const state = this.#state.get<{ words_through: number; last: number | null }>();
    const from = state?.words_through ?? 0;
    const last = state?.last ?? 0;
    const end = Math.min(last, from + positionsAtOnce);
    const found = this.#next.all<StoredBodies>(from, end);
    const rows = takeBytes(found, bytesAtOnce);
    const turns = rows.flatMap((row) => {
      const words = this.#wordsOf(row);
      return words === "" ? [] : [{ position: row.position, words }];
    });
    const isAll = rows.length === found.length && found.length < turnsAtOnce;
    const through = isAll ? end : (rows.at(-1)?.position ?? end);
    return { turns, through: Math.max(from, through), isLast: through >= last };
  }

  #wordsOf(row: StoredBodies): string {
    const bodies = this.#bodies.read(row);
    return bodies === null ? "" : [...new Set(wordsOf(turnText(bodies)))].slice(0, mostWords).join(" ");
  }
}

/** The first rows, up to that which reaches so many bytes. */
function takeBytes(rows: readonly StoredBodies[], mostBytes: number): readonly StoredBodies[] {
  let bytes = 0;
  const end = rows.findIndex(({ body_bytes: rowBytes }) => {
    bytes += rowBytes;
    return bytes >= mostBytes;
  });
  return end === -1 ? rows : rows.slice(0, end + 1);
}
