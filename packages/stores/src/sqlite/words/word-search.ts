import { wordsOf } from "../../text-search/words.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

/** Finds turns by the words in them, as far as the index goes. */
export class WordSearch {
  readonly #through: SqlStatement;
  readonly #hits: SqlStatement;
  readonly #ofConversation: SqlStatement;

  constructor(database: SqlDatabase) {
    this.#through = database.prepare("SELECT words_through FROM ledger_state");
    this.#hits = database.prepare(
      `SELECT rowid AS position FROM turn_words
       WHERE turn_words MATCH ? AND rowid < ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?`,
    );
    this.#ofConversation = database.prepare(
      `SELECT rowid AS position FROM turn_words
       WHERE turn_words MATCH ? AND rowid > ? AND rowid <= ? AND rowid IN
         (SELECT position FROM records WHERE conversation_id = ? AND recording <> 'off')`,
    );
  }

  /** The last position that the index knows. */
  through(): number {
    return this.#through.get<{ words_through: number }>()?.words_through ?? 0;
  }

  /** Turns that have the words, up to `through` and before a position, the latest first. */
  find(query: string, before: number, through: number, limit: number): readonly number[] {
    return this.#hits.all<{ position: number }>(query, before, through, limit).map(({ position }) => position);
  }

  findInConversation(query: string, conversationId: string, after: number, through: number): readonly number[] {
    return this.#ofConversation
      .all<{ position: number }>(query, after, through, conversationId)
      .map(({ position }) => position);
  }
}

/** All words of the text, of which the last may go on; null when it has none. */
export function wordQuery(text: string): string | null {
  const words = wordsOf(text);
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word}"`).join(" AND ")} *`;
}
