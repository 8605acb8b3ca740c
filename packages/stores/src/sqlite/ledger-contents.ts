import type { Batch, BatchItem, Charges, StoredFile } from "@copilot-llm/model";
import type { LedgerEntry, TokenTotals } from "../interfaces/ledger.js";
import type { CellPlace } from "../statistics/cell-place.js";
import type { StatisticsCell } from "../statistics/statistics-cell.js";

export interface KeyPeriod {
  readonly keyId: string;
  readonly period: "lifetime" | "day" | "month";
  readonly startMs: number;
  readonly charges: Charges;
  readonly lastUsedAtMs: number;
}

export interface KeptCell extends CellPlace {
  readonly cell: StatisticsCell;
}

export interface KeptUsage {
  readonly keys: readonly KeyPeriod[];
  readonly tokens: readonly (TokenTotals & { readonly tokenId: string; readonly lastUsedAtMs: number })[];
}

export interface KeptFile {
  readonly file: StoredFile;
  content(): AsyncIterable<Uint8Array>;
}

/** A batch of which nothing runs. */
export interface KeptBatch {
  readonly batch: Batch;
  /** In order of index, in parts that are bounded. */
  items(): AsyncIterable<readonly BatchItem[]>;
}

/** Everything that the ledger knows, for another backend to take over. Usage, statistics and records each as they stand. */
export interface LedgerContents {
  usage(): Promise<KeptUsage>;
  cells(): AsyncIterable<KeptCell>;
  /** What is on record, in the order in which it was recorded. */
  records(): AsyncIterable<LedgerEntry>;
  /** In the order in which they came, as those below. */
  files(): AsyncIterable<KeptFile>;
  batches(): AsyncIterable<KeptBatch>;
}
