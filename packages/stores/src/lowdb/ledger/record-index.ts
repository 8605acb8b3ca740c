import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { LatestMap, type Log } from "@copilot-llm/model";
import { writeFileDurably } from "../../directory/durable-file.js";
import { systemErrorCode } from "../../failure/store-failure.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import {
  decodeIdTable,
  decodeIdTableSummary,
  encodeIdTable,
  type IdTable,
  type IdTableSummary,
  idTableHeaderBytes,
  mayHoldId,
  readIdTable,
} from "./id-table.js";
import { requestTimeMs } from "./request-time.js";
import type { ScanRecords } from "./scan-records.js";

/** How many sealed segments' ids stay in memory after a look-up. */
const cachedTables = 4;

/**
 * Where each record stands. The ids of the segment being written are in memory; those of sealed segments in a table
 * beside each, of which memory holds only the time range.
 */
export class RecordIndex {
  readonly #directory: string;
  readonly #log: Log;
  readonly #scan: ScanRecords;
  #active = new Map<string, number>();
  readonly #sealed = new Map<number, IdTableSummary>();
  #lastSealedTimeMs = Number.NEGATIVE_INFINITY;
  readonly #tables = new LatestMap<number, IdTable>(cachedTables);
  #writing: Promise<void> = Promise.resolve();

  /** `scan` reads the segment itself, for a table that is missing or damaged. */
  constructor(directory: string, log: Log, scan: ScanRecords) {
    this.#directory = directory;
    this.#log = log;
    this.#scan = scan;
  }

  add(id: string, offset: number): void {
    this.#active.set(id, offset);
  }

  /** Everything added since the last call was in this segment. */
  seal(segment: number): void {
    this.#sealWith(segment, this.#active);
    this.#active = new Map();
  }

  /** Takes a sealed segment of an earlier run into use. */
  async load(segment: number): Promise<void> {
    const head = await readHead(this.#path(segment), idTableHeaderBytes);
    const summary = head === null ? null : decodeIdTableSummary(head);
    if (summary === null) await this.#rebuild(segment);
    else this.#addSummary(segment, summary);
  }

  async drop(segment: number): Promise<void> {
    this.#sealed.delete(segment);
    this.#tables.delete(segment);
    await rm(this.#path(segment), { force: true });
  }

  /** True: certainly not on record. False: `find` tells. */
  isNew(id: string): boolean {
    if (this.#active.has(id)) return false;
    const timeMs = requestTimeMs(id);
    if (timeMs !== null && timeMs > this.#lastSealedTimeMs) return true;
    for (const summary of this.#sealed.values()) {
      if (mayHoldId(summary, timeMs)) return false;
    }
    return true;
  }

  /** Where the record may stand; reading it tells. */
  async find(id: string, activeSegment: number): Promise<readonly LogPosition[]> {
    const offset = this.#active.get(id);
    if (offset !== undefined) return [{ segment: activeSegment, offset }];
    const timeMs = requestTimeMs(id);
    const found: LogPosition[] = [];
    for (const [segment, summary] of [...this.#sealed].reverse()) {
      if (!mayHoldId(summary, timeMs)) continue;
      const table = await this.#table(segment);
      found.push(...table.find(id).map((tableOffset) => ({ segment, offset: tableOffset })));
    }
    return found;
  }

  /** Resolves when everything so far is on disk. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  #sealWith(segment: number, offsets: ReadonlyMap<string, number>): IdTable {
    const encoded = encodeIdTable(offsets);
    const table = readIdTable(encoded);
    this.#addSummary(segment, table.summary);
    this.#tables.set(segment, table);
    this.#writing = this.#writing
      .then(() => writeFileDurably(this.#path(segment), encoded))
      .catch((error: unknown) =>
        this.#log.warn("An index could not be written; it is rebuilt when needed.", { error }),
      );
    return table;
  }

  async #rebuild(segment: number): Promise<IdTable> {
    const offsets = new Map<string, number>();
    await this.#scan(segment, (record, offset) => offsets.set(record.id, offset));
    return this.#sealWith(segment, offsets);
  }

  #addSummary(segment: number, summary: IdTableSummary): void {
    this.#sealed.set(segment, summary);
    this.#lastSealedTimeMs = Math.max(this.#lastSealedTimeMs, summary.lastTimeMs);
  }

  async #table(segment: number): Promise<IdTable> {
    const cached = this.#tables.get(segment);
    if (cached !== undefined) return cached;
    const stored = decodeIdTable(await readFile(this.#path(segment)).catch(() => Buffer.alloc(0)));
    if (stored === null) return this.#rebuild(segment);
    this.#tables.set(segment, stored);
    return stored;
  }

  #path(segment: number): string {
    return join(this.#directory, `${String(segment).padStart(10, "0")}.idx`);
  }
}

async function readHead(path: string, bytes: number): Promise<Buffer | null> {
  try {
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}
