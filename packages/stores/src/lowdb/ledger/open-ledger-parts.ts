import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Log, RequestRecord } from "@copilot-llm/model";
import { createStoreFailure } from "../../failure/store-failure.js";
import type { FsyncPolicy, WriteFailurePolicy } from "../../segment-log/commit-queue.js";
import { SegmentCompressor } from "../../segment-log/segment-compressor.js";
import { SegmentLog } from "../../segment-log/segment-log.js";
import { listPlainSegments, listSegments } from "../../segment-log/segment-name.js";
import type { ChangeTrail } from "../change-trail.js";
import { rehashForgotten } from "../migrations/rehash-forgotten.js";
import { ForgottenConversations } from "../sessions/forgotten-conversations.js";
import { RecentConversations } from "../sessions/recent-conversations.js";
import { RecordCatalogue } from "../sessions/record-catalogue.js";
import { StatisticsBook } from "../statistics/statistics-book.js";
import { textHash } from "../text-hash.js";
import { readCheckpoint } from "./checkpoint.js";
import { CheckpointWriter } from "./checkpoint-writer.js";
import { LedgerCounts } from "./ledger-counts.js";
import { decodeLoggedEntry, type LoggedEntry } from "./ledger-entry.js";
import { RecordIndex } from "./record-index.js";

export interface LedgerOptions {
  readonly directory: string;
  /** Of the data directory, as it was found. */
  readonly directoryVersion: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly fsync: FsyncPolicy;
  readonly whenWriteFails: WriteFailurePolicy;
  readonly segmentBytes: number;
  readonly segmentEntries: number;
  readonly maxPendingBytes: number;
  /** Null leaves segments as they are. */
  readonly compressAfterMs: number | null;
  readonly trail: ChangeTrail;
}

export interface LedgerParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly counts: LedgerCounts;
  readonly statistics: StatisticsBook;
  readonly forgotten: ForgottenConversations;
  readonly recent: RecentConversations;
  readonly index: RecordIndex;
  readonly catalogue: RecordCatalogue;
  readonly log: SegmentLog<LoggedEntry>;
  readonly checkpoints: CheckpointWriter;
  readonly compressor: SegmentCompressor | null;
  /** Resolves when the catalogue knows every segment, which is after the start. */
  readonly ready: Promise<void>;
}

export async function openLedgerParts(options: LedgerOptions): Promise<LedgerParts> {
  const { directory, clock } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const checkpoint = await readCheckpoint(directory, options.log);
  const counts = checkpoint === null ? new LedgerCounts() : LedgerCounts.restore(checkpoint.counts);
  const forgotten = ForgottenConversations.restore(checkpoint?.forgotten ?? []);
  const recent = new RecentConversations();
  const statistics = await StatisticsBook.open(join(directory, "statistics"), options.log);
  const checkpoints = new CheckpointWriter(directory, options.log, () => options.trail.flush());

  const replayFrom = (checkpoint?.segment ?? 0) + 1;
  const segments = await listSegments(directory);
  requireSegment(directory, segments, replayFrom);
  const covered = segments.filter((segment) => segment < replayFrom);

  let log: SegmentLog<LoggedEntry> | null = null;
  const compressor = createCompressor(options, async (segment, isCancelled) => log?.compress(segment, isCancelled));
  for (const segment of (await listPlainSegments(directory)).filter((number) => covered.includes(number))) {
    compressor?.add(segment);
  }
  const scanRecords = async (segment: number, onRecord: (record: RequestRecord, offset: number) => void) => {
    await log?.reader.scan(segment, {
      verifyBodies: false,
      onEntry(entry, { offset }) {
        if (entry.kind === "request") onRecord(entry.record, offset);
      },
    });
  };
  const index = new RecordIndex(directory, options.log, scanRecords);
  const catalogue = new RecordCatalogue(directory, options.log, scanRecords);
  log = await SegmentLog.open<LoggedEntry>({
    ...options,
    replayFrom,
    decode: decodeLoggedEntry,
    onEntry(entry, position) {
      counts.apply(entry);
      if (entry.kind === "forget") {
        for (const id of entry.conversationIds) forgotten.forget(textHash(id), position);
      }
      if (entry.kind !== "request") {
        if (entry.event !== undefined) options.trail.adopt(entry.event);
        return;
      }
      index.add(entry.record.id, position.offset);
      catalogue.add(entry.record, position.offset);
      statistics.add(entry.record, position.segment);
      if (entry.record.recording !== "off") recent.add(entry.record.conversationId, entry.record.id);
    },
    onSealed(segment) {
      index.seal(segment);
      catalogue.seal(segment);
      checkpoints.write(segment, { counts, forgotten, statistics });
      compressor?.add(segment);
    },
  });
  if (options.directoryVersion < 2) {
    await checkpoints.flush();
    await rehashForgotten({ directory, covered, reader: log.reader, forgotten });
  }
  for (const segment of covered) await index.load(segment);
  if (statistics.needsRecovery) {
    for (const segment of covered) await scanRecords(segment, (record) => statistics.recover(record, segment));
  }
  const ready = loadCatalogue(catalogue, covered, options.log);
  return {
    directory,
    clock,
    counts,
    statistics,
    forgotten,
    recent,
    index,
    catalogue,
    log,
    checkpoints,
    compressor,
    ready,
  };
}

/** Without the segment that follows the checkpoint, what came after it would not be counted. */
function requireSegment(directory: string, segments: readonly number[], replayFrom: number): void {
  const first = segments.find((segment) => segment >= replayFrom);
  if (first === undefined || first === replayFrom) return;
  throw createStoreFailure(
    `${directory} lacks what was recorded before segment ${first}, so that usage cannot be counted: restore it from a backup.`,
  );
}

function createCompressor(
  { clock, log, compressAfterMs }: LedgerOptions,
  compress: (segment: number, isCancelled: () => boolean) => Promise<void>,
): SegmentCompressor | null {
  return compressAfterMs === null ? null : new SegmentCompressor({ clock, log, delayMs: compressAfterMs, compress });
}

async function loadCatalogue(catalogue: RecordCatalogue, segments: readonly number[], log: Log): Promise<void> {
  try {
    for (const segment of segments) await catalogue.load(segment);
  } catch (error) {
    log.error("Part of the records cannot be listed.", { error });
  }
}
