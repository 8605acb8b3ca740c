import { rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { dayMs, dayStartMs } from "@copilot-llm/model";
import { cellDimensions, isKept } from "../../statistics/cell-place.js";
import { edgesKeptFromMs, listExpiredFine } from "../../statistics/day-edges.js";
import { stretchRecords } from "../counts/pending-counts.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { hourlyKeptDays } from "../schema/kept-spans.js";
import type { LedgerWriter } from "./ledger-writer.js";

/** In one transaction, so that appends need not wait for long. */
const recordsAtOnce = 50;
const forgottenAtOnce = 500;
/** Longer than a month: counts of days and months that nobody asks for any more. */
const usageKeptMs = 62 * dayMs;

export interface RecordExpirerOptions {
  readonly writer: LedgerWriter;
  readonly database: SqlDatabase;
  readonly bodiesDirectory: string;
  readonly growingFileId: () => number | null;
}

/** Lets go of what is old, in small steps between the appends. */
export class RecordExpirer {
  readonly #options: RecordExpirerOptions;
  readonly #findRecords: SqlStatement;
  readonly #findSpans: SqlStatement;
  readonly #removeWords: SqlStatement;
  readonly #removeRecord: SqlStatement;
  #isStopped = false;

  constructor(options: RecordExpirerOptions) {
    const { database } = options;
    this.#options = options;
    this.#findRecords = database.prepare(
      `SELECT position FROM records WHERE position >= ?1 AND position < ?1 + ${stretchRecords} AND started_at_ms < ?2
       ORDER BY position LIMIT ${recordsAtOnce}`,
    );
    this.#findSpans = database.prepare(
      "SELECT first_position FROM record_spans WHERE first_ms < ? ORDER BY first_position",
    );
    this.#removeWords = database.prepare("DELETE FROM turn_words WHERE rowid = ?");
    this.#removeRecord = database.prepare("DELETE FROM records WHERE position = ?");
  }

  /** What is about to be removed when `stop` is called waits for the next time. */
  async expire(beforeMs: number, nowMs: number): Promise<void> {
    this.#isStopped = false;
    await this.#expireRecords(beforeMs);
    this.#removeEmptyFiles();
    await this.#repeat(
      `DELETE FROM forgotten_records WHERE id IN
       (SELECT id FROM forgotten_records WHERE started_at_ms < ? LIMIT ${forgottenAtOnce})`,
      [beforeMs],
    );
    await this.#repeat("DELETE FROM record_spans WHERE last_ms < ?", [beforeMs]);
    await this.#repeat("DELETE FROM key_usage WHERE period <> 'lifetime' AND start_ms < ?", [beforeMs - usageKeptMs]);
    await this.#thinOut(nowMs);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Gives up what is told apart by five minutes, and what groups did by the hour, once that is long ago. */
  async #thinOut(nowMs: number): Promise<void> {
    const hoursToMs = dayStartMs(nowMs) - hourlyKeptDays * dayMs;
    const fine = [{ fromMs: 0, toMs: edgesKeptFromMs(nowMs) }, ...listExpiredFine(nowMs)];
    for (const dimension of cellDimensions) {
      if (dimension !== "total") await this.#expireCells(dimension, "hour", 0, hoursToMs);
      if (!isKept(dimension, "5m")) continue;
      for (const { fromMs, toMs } of fine) await this.#expireCells(dimension, "5m", fromMs, toMs);
    }
  }

  async #expireRecords(beforeMs: number): Promise<void> {
    // Then every record is in a span.
    this.#options.writer.flush();
    for (const { first_position: first } of this.#findSpans.all<{ first_position: number }>(beforeMs)) {
      await this.#expireSpan(first, beforeMs);
    }
  }

  async #expireSpan(first: number, beforeMs: number): Promise<void> {
    while (!this.#isStopped) {
      const rows = this.#findRecords.all<{ position: number }>(first, beforeMs);
      if (rows.length === 0) return;
      this.#options.writer.transactCounted(() => {
        for (const { position } of rows) {
          this.#removeWords.run(position);
          this.#removeRecord.run(position);
        }
      });
      await setImmediate();
    }
  }

  /** The cells of one moment at a time. */
  #expireCells(dimension: string, span: string, fromMs: number, beforeMs: number): Promise<void> {
    return this.#repeat(
      `DELETE FROM statistics_cells WHERE dimension = ?1 AND span = ?2 AND start_ms =
       (SELECT min(start_ms) FROM statistics_cells WHERE dimension = ?1 AND span = ?2 AND start_ms >= ?3 AND start_ms < ?4)`,
      [dimension, span, fromMs, beforeMs],
    );
  }

  /** Until there is nothing left that it removes. */
  async #repeat(sql: string, values: readonly (string | number)[]): Promise<void> {
    const statement = this.#options.database.prepare(sql);
    while (!this.#isStopped && this.#options.writer.transact(() => statement.run(...values)).changes > 0) {
      await setImmediate();
    }
  }

  /** The file goes first: a row without its file is tried again, a file without its row would stay for good. */
  #removeEmptyFiles(): void {
    const { database, bodiesDirectory, writer, growingFileId } = this.#options;
    const empty = database
      .prepare(
        `SELECT id, name FROM body_files AS file WHERE id IS NOT ? AND NOT EXISTS (
           SELECT 1 FROM records WHERE body_file = file.id AND position >= file.first_position AND position <
             (SELECT coalesce(min(next.first_position), ${Number.MAX_SAFE_INTEGER}) FROM body_files AS next
              WHERE next.first_position > file.first_position))`,
      )
      .all<{ id: number; name: string }>(growingFileId());
    for (const { id, name } of empty) {
      rmSync(join(bodiesDirectory, name), { force: true });
      writer.transact(() => {
        database.prepare("DELETE FROM body_blocks WHERE body_file = ?").run(id);
        database.prepare("DELETE FROM pending_erasures WHERE body_file = ?").run(id);
        database.prepare("DELETE FROM body_files WHERE id = ?").run(id);
      });
    }
  }
}
