import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LatestMap, type Log, type RequestRecord } from "@copilot-llm/model";
import { writeFileDurably } from "../../directory/durable-file.js";
import type { ScanRecords } from "../ledger/scan-records.js";
import { BloomFilter } from "./bloom-filter.js";
import { GrowingColumns, type RecordColumns } from "./record-columns.js";
import { encodeRowsFile, readRows, readRowsSummary, type SegmentSummary } from "./rows-file.js";

/** How many sealed segments' columns stay in memory after use, at about a megabyte each. */
const cachedSegments = 32;

/** The records as columns, segment by segment; beside each sealed segment a file that can be made again from it. */
export class RecordCatalogue {
  readonly #directory: string;
  readonly #log: Log;
  readonly #scan: ScanRecords;
  readonly #sealed = new Map<number, SegmentSummary>();
  readonly #cache = new LatestMap<number, RecordColumns>(cachedSegments);
  #growing = new GrowingColumns();
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string, log: Log, scan: ScanRecords) {
    this.#directory = directory;
    this.#log = log;
    this.#scan = scan;
  }

  add(record: RequestRecord, offset: number): void {
    this.#growing.add(record, offset);
  }

  /** Everything added since the last call was in this segment. */
  seal(segment: number): void {
    this.#keep(segment, this.#growing);
    this.#growing = new GrowingColumns();
  }

  /** Takes a sealed segment of an earlier run into use. */
  async load(segment: number): Promise<void> {
    const summary = await readRowsSummary(this.#path(segment));
    if (summary === null) await this.#rebuild(segment);
    else this.#sealed.set(segment, summary);
  }

  async drop(segment: number): Promise<void> {
    this.#sealed.delete(segment);
    this.#cache.delete(segment);
    await rm(this.#path(segment), { force: true });
  }

  /** Sealed segments, newest first. */
  summaries(): readonly (readonly [number, SegmentSummary])[] {
    return [...this.#sealed].sort(([a], [b]) => b - a);
  }

  /** The columns of the segment that is being written; they grow while they are looked at. */
  get growing(): RecordColumns {
    return this.#growing;
  }

  /** Empty when the segment is gone. */
  async columns(segment: number): Promise<RecordColumns> {
    const cached = this.#cache.use(segment);
    if (cached !== undefined) return cached;
    const columns = (await readRows(this.#path(segment))) ?? (await this.#rebuild(segment));
    this.#cache.set(segment, columns);
    return columns;
  }

  /** Resolves when everything so far is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #keep(segment: number, columns: RecordColumns): void {
    const summary = summarise(columns);
    this.#sealed.set(segment, summary);
    this.#cache.set(segment, columns);
    const encoded = encodeRowsFile(columns, summary);
    this.#writing = this.#writing
      .then(() => writeFileDurably(this.#path(segment), encoded))
      .catch((error: unknown) =>
        this.#log.warn("An index could not be written; it is rebuilt when needed.", { error }),
      );
  }

  async #rebuild(segment: number): Promise<RecordColumns> {
    const columns = new GrowingColumns();
    await this.#scan(segment, (record, offset) => columns.add(record, offset));
    this.#keep(segment, columns);
    return columns;
  }

  #path(segment: number): string {
    return join(this.#directory, `${String(segment).padStart(10, "0")}.rows`);
  }
}

function summarise({ columns, dictionary }: RecordColumns): SegmentSummary {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < columns.startedAtMs.length; row += 1) {
    const startedAtMs = columns.startedAtMs[row] ?? 0;
    firstMs = Math.min(firstMs, startedAtMs);
    lastMs = Math.max(lastMs, startedAtMs);
  }
  return { firstMs, lastMs, dictionary, conversations: BloomFilter.of(columns.conversation) };
}
