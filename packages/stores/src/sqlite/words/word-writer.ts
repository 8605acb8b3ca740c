import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { IndexedTurns } from "./turn-indexer.js";

/** Puts words into the index of turns. */
export class WordWriter {
  readonly #insert: SqlStatement;
  readonly #advance: SqlStatement;

  constructor(database: SqlDatabase) {
    // What was removed meanwhile stays away.
    this.#insert = database.prepare(
      "INSERT INTO turn_words (rowid, words) SELECT ?1, ?2 FROM records WHERE position = ?1",
    );
    this.#advance = database.prepare("UPDATE ledger_state SET words_through = ?1 WHERE words_through < ?1");
  }

  /** Within the transaction that is open. */
  add({ turns, through }: IndexedTurns): void {
    for (const { position, words } of turns) this.#insert.run(position, words);
    this.#advance.run(through);
  }
}
