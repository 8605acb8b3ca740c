import { randomInt } from "node:crypto";
import { mkdir, open, rm, stat } from "node:fs/promises";
import type { Clock, Log } from "@copilot-llm/model";
import { createStoreFailure, createUnknownVersion } from "../failure/store-failure.js";
import type { StoreHealth } from "../interfaces/stores.js";
import { CommitQueue, type FsyncPolicy, type QueuedWrite, type WriteFailurePolicy } from "./commit-queue.js";
import { compressSegment } from "./compress-segment.js";
import { encodeFrame, type FrameBodies } from "./frame.js";
import type { LogPosition } from "./log-position.js";
import { readRange } from "./read-range.js";
import type { SegmentDamage, SegmentScan } from "./scan-segment.js";
import { decodeSegmentHeader, type SegmentHeader, segmentHeaderBytes, segmentVersion } from "./segment-header.js";
import { compressedSegmentPath, listSegments, segmentPath } from "./segment-name.js";
import { SegmentReader } from "./segment-reader.js";
import { SegmentWriter } from "./segment-writer.js";

export interface SegmentLogOptions<Value> {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly fsync: FsyncPolicy;
  readonly whenWriteFails: WriteFailurePolicy;
  readonly segmentBytes: number;
  readonly segmentEntries: number;
  readonly maxPendingBytes: number;
  /** What an entry of any version means to this one. May throw a sentence that refuses the opening. */
  readonly decode: (stored: unknown) => Value;
  /** Segments before this one are not read at the opening. */
  readonly replayFrom: number;
  /** Every entry in the order of the log: first those found at the opening, then each when it is written. */
  readonly onEntry: (value: Value, position: LogPosition) => void;
  /** After the last entry of a segment, when nothing more will come in it. Must not throw. */
  readonly onSealed: (segment: number) => void;
}

const maxBatchBytes = 16 << 20;
const probeBytes = 1 << 16;

/**
 * An append-only log in files of bounded size. What `append` acknowledged survives `kill -9`; torn ends are cut off,
 * and damage is stepped over and reported. Values are JSON. One process at a time.
 */
export class SegmentLog<Value> {
  readonly #options: SegmentLogOptions<Value>;
  readonly #salt: number;
  readonly #queue: CommitQueue;
  #writer: SegmentWriter;
  #segment: number;
  #entries: number;
  /** Where the next entry of the batch just written stands. */
  #writtenOffset = 0;
  #rollRequested = false;
  #closingSegments: Promise<void> = Promise.resolve();
  #changing: Promise<void> = Promise.resolve();
  /** Reads what was written, sealed or not. */
  readonly reader: SegmentReader<Value>;

  private constructor(options: SegmentLogOptions<Value>, salt: number, active: ActiveSegment) {
    this.#options = options;
    this.#salt = salt;
    this.#writer = active.writer;
    this.#segment = active.segment;
    this.#entries = active.entries;
    this.reader = createReader(options, salt);
    const { clock, log, fsync, whenWriteFails, maxPendingBytes } = options;
    const target = {
      write: (batch: readonly QueuedWrite[], durably: boolean) => this.#write(batch, durably),
      batchLength: (queue: readonly QueuedWrite[]) => this.#batchLength(queue),
      sync: () => this.#writer.sync(),
      probe: () => this.#writer.probe(probeBytes),
    };
    this.#queue = new CommitQueue({ target, clock, log, fsync, whenWriteFails, maxPendingBytes });
  }

  static async open<Value>(options: SegmentLogOptions<Value>): Promise<SegmentLog<Value>> {
    await mkdir(options.directory, { recursive: true, mode: 0o700 });
    const segments = await listSegments(options.directory);
    const salt = await readSalt(options.directory, segments);
    const active = await replay(options, segments, salt);
    return new SegmentLog(options, salt, active);
  }

  get health(): StoreHealth {
    return this.#queue.health;
  }

  get overloaded(): boolean {
    return this.#queue.overloaded;
  }

  /** The segment that is being written. */
  get activeSegment(): number {
    return this.#segment;
  }

  append(value: Value, bodies: FrameBodies | null): Promise<void> {
    const buffers = encodeFrame(JSON.stringify(value), bodies, this.#salt);
    const bytes = buffers.reduce((total, buffer) => total + buffer.length, 0);
    return this.#queue.push({
      buffers,
      bytes,
      onWritten: () => {
        const position = { segment: this.#segment, offset: this.#writtenOffset };
        this.#writtenOffset += bytes;
        this.#options.onEntry(value, position);
      },
    });
  }

  /** Makes the next append begin a new segment, unless the current one is empty. */
  requestRoll(): void {
    this.#rollRequested = true;
  }

  /** Removes a sealed segment for good. */
  drop(segment: number): Promise<void> {
    return this.#alone(async () => {
      await rm(segmentPath(this.#options.directory, segment), { force: true });
      await rm(compressedSegmentPath(this.#options.directory, segment), { force: true });
    });
  }

  /** Overwrites an entry's bodies. The entry itself stays. */
  eraseBodies(position: LogPosition): Promise<void> {
    return this.#alone(() => this.reader.eraseBodies(position));
  }

  /** Makes a sealed segment smaller. Positions stay good. */
  compress(segment: number, isCancelled: () => boolean): Promise<void> {
    const { directory } = this.#options;
    return this.#alone(() => compressSegment({ directory, segment, salt: this.#salt, isCancelled }));
  }

  async close(): Promise<void> {
    await this.#queue.close();
    await this.#changing;
    await this.#closingSegments;
    await this.#writer.close();
  }

  /** Changes of what was written wait for each other, so that none works on what another replaces. */
  #alone(change: () => Promise<void>): Promise<void> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  #batchLength(queue: readonly QueuedWrite[]): number {
    const room = Math.max(1, this.#options.segmentEntries - (this.#isFull() ? 0 : this.#entries));
    let bytes = 0;
    let length = 0;
    for (const write of queue) {
      bytes += write.bytes;
      if (length > 0 && (length >= room || bytes > maxBatchBytes)) break;
      length += 1;
    }
    return length;
  }

  async #write(batch: readonly QueuedWrite[], durably: boolean): Promise<void> {
    if (this.#isFull()) await this.#roll();
    this.#writtenOffset = this.#writer.endOffset;
    await this.#writer.write(
      batch.flatMap((write) => write.buffers),
      durably,
    );
    this.#entries += batch.length;
  }

  #isFull(): boolean {
    if (this.#rollRequested && this.#entries > 0) return true;
    return this.#writer.entriesBytes >= this.#options.segmentBytes || this.#entries >= this.#options.segmentEntries;
  }

  async #roll(): Promise<void> {
    const full = this.#writer;
    this.#writer = await SegmentWriter.create(segmentPath(this.#options.directory, this.#segment + 1), this.#salt);
    const sealed = this.#segment;
    this.#segment += 1;
    this.#entries = 0;
    this.#rollRequested = false;
    this.#closingSegments = this.#closingSegments
      .then(() => full.close())
      .catch((error: unknown) => this.#options.log.error("A full segment could not be synced.", { sealed, error }));
    this.#options.onSealed(sealed);
  }
}

function createReader<Value>({ directory, log, decode }: SegmentLogOptions<Value>, salt: number): SegmentReader<Value> {
  return new SegmentReader({ directory, salt, log, decode });
}

interface ActiveSegment {
  readonly segment: number;
  readonly writer: SegmentWriter;
  readonly entries: number;
}

/** Hands every entry from `replayFrom` on to the owner and makes the last segment ready to grow. */
async function replay<Value>(
  options: SegmentLogOptions<Value>,
  segments: readonly number[],
  salt: number,
): Promise<ActiveSegment> {
  const { directory, onSealed } = options;
  const last = segments.at(-1) ?? options.replayFrom;
  if (last < options.replayFrom) {
    // The owner has counted all of them: were one written on, its entries would be counted twice.
    options.log.warn("The segment that was being written is gone; a new one is begun.", {
      segment: options.replayFrom,
    });
    return createSegment(directory, options.replayFrom, salt);
  }
  for (const segment of segments.filter((number) => number >= options.replayFrom && number < last)) {
    const { scan } = await scanWhole(options, segment, salt, false);
    if (scan.torn) options.log.error("A segment ends within an entry.", { segment, offset: scan.endOffset });
    onSealed(segment);
  }
  if (segments.length === 0 || (await isUnfinished(directory, last))) return createSegment(directory, last, salt);
  const { scan, entries } = await scanWhole(options, last, salt, true);
  if (scan.damage.some(({ offset, bytes }) => offset + bytes === scan.endOffset)) {
    // What stands at the end may have been an entry: it is kept for inspection, and nothing is written behind it.
    onSealed(last);
    return createSegment(directory, last + 1, salt);
  }
  if (scan.torn) options.log.warn("Cut off an entry that was being written when the process ended.", { segment: last });
  return { segment: last, entries, writer: await SegmentWriter.resume(segmentPath(directory, last), scan.endOffset) };
}

async function createSegment(directory: string, segment: number, salt: number): Promise<ActiveSegment> {
  return { segment, entries: 0, writer: await SegmentWriter.create(segmentPath(directory, segment), salt) };
}

/** The process ended while it began the segment: nothing was written in it. */
async function isUnfinished(directory: string, segment: number): Promise<boolean> {
  return (await stat(segmentPath(directory, segment))).size < segmentHeaderBytes;
}

async function scanWhole<Value>(
  options: SegmentLogOptions<Value>,
  segment: number,
  salt: number,
  verifyBodies: boolean,
): Promise<{ readonly scan: SegmentScan; readonly entries: number }> {
  const { log, onEntry } = options;
  let entries = 0;
  const scan = await createReader(options, salt).scan(segment, {
    verifyBodies,
    onEntry(value, position) {
      entries += 1;
      onEntry(value, position);
    },
  });
  reportDamage(log, segment, scan?.damage ?? []);
  return { scan: scan ?? { endOffset: segmentHeaderBytes, torn: false, damage: [] }, entries };
}

function reportDamage(log: Log, segment: number, damage: readonly SegmentDamage[]): void {
  for (const { what, offset, bytes } of damage) {
    log.error(damageMessages[what], { segment, offset, bytes });
  }
}

const damageMessages: Readonly<Record<SegmentDamage["what"], string>> = {
  unreadable: "Part of a segment is damaged and was skipped.",
  entry: "An entry is damaged and was skipped.",
  bodies: "The bodies of a record are damaged.",
};

/**
 * All segments of a log share one salt, so that one intact header is enough; a new log gets one of its own. Refuses a
 * log with any segment of a newer version.
 */
async function readSalt(directory: string, segments: readonly number[]): Promise<number> {
  let salt: number | null = null;
  for (const segment of [...segments].reverse()) {
    const path = await findSegmentFile(directory, segment);
    const header = await readSegmentHeader(path);
    if (header !== null && header.version > segmentVersion) {
      throw createUnknownVersion(path, header.version, segmentVersion);
    }
    salt ??= header?.salt ?? null;
  }
  if (salt !== null) return salt;
  const first = segments[0];
  if (first === undefined || (segments.length === 1 && (await isUnfinished(directory, first))))
    return randomInt(2 ** 32);
  throw createStoreFailure(`${directory} holds no segment that can be read: restore it from a backup.`);
}

async function findSegmentFile(directory: string, segment: number): Promise<string> {
  const path = segmentPath(directory, segment);
  return (await stat(path).catch(() => null)) === null ? compressedSegmentPath(directory, segment) : path;
}

/** Null when it is damaged. */
async function readSegmentHeader(path: string): Promise<SegmentHeader | null> {
  const file = await open(path, "r");
  try {
    return decodeSegmentHeader(await readRange(file, 0, segmentHeaderBytes));
  } finally {
    await file.close();
  }
}
