import { existsSync } from "node:fs";
import type { Clock, GatewayError, Log } from "@copilot-llm/model";
import { createStoreFailure } from "../failure/store-failure.js";
import type { AuditStore } from "../interfaces/audit-store.js";
import type { BatchStore } from "../interfaces/batch-store.js";
import type { FileStore } from "../interfaces/file-store.js";
import type { Ledger } from "../interfaces/ledger.js";
import type { Sessions } from "../interfaces/sessions.js";
import type { Statistics } from "../interfaces/statistics.js";
import type { StoreHealth } from "../interfaces/stores.js";
import { BatchSender } from "./batch-sender.js";
import { decodeReport } from "./calls/report-message.js";
import { LedgerCounts } from "./counts/ledger-counts.js";
import { createLedgerContents } from "./create-ledger-contents.js";
import { IdleWork } from "./idle-work.js";
import type { LedgerContents } from "./ledger-contents.js";
import { LedgerThreads } from "./ledger-threads.js";
import type { ReaderCalls } from "./reader/serve-reader.js";
import { RecordQueue, type WriteFailurePolicy } from "./record-queue.js";
import { createBatchStore } from "./sqlite-batch-store.js";
import { createFileStore } from "./sqlite-file-store.js";
import { SqliteLedger } from "./sqlite-ledger.js";
import { createSessions } from "./sqlite-sessions.js";
import { type LedgerCopy, removeUnfinishedCopy, takeCopy } from "./take-copy.js";
import { guardThread } from "./thread/guard-thread.js";
import { StorageFailure, startThread, type Thread } from "./thread/start-thread.js";
import type { WriterCalls } from "./writer/serve-writer.js";

/** `always`: resolved means on the medium. `interval`: with the system, and on the medium within a second. */
export type FsyncPolicy = "interval" | "always";

export interface SqliteLedgerOptions {
  readonly databasePath: string;
  readonly bodiesDirectory: string;
  readonly filesDirectory: string;
  /** There must be a ledger already: a new one is not made. */
  readonly isExpected: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly fsync: FsyncPolicy;
  readonly whenWriteFails: WriteFailurePolicy;
  readonly maxPendingBytes: number;
  readonly fullBodyFileBytes: number;
  /** How often full files of bodies are packed; null never does. */
  readonly packEveryMs: number | null;
  /** Awaited before whatever may write: throws while the files are not this process's. */
  readonly requireHeld: () => Promise<void>;
}

export interface OpenSqliteLedger {
  readonly ledger: Ledger;
  readonly statistics: Statistics;
  readonly sessions: Sessions;
  readonly files: FileStore;
  readonly batches: BatchStore;
  /** For what is not told along with a change; an event that is there already is passed over. */
  readonly audit: AuditStore;
  health(): StoreHealth;
  /** For a backup, while all goes on. */
  takeCopy(): Promise<LedgerCopy>;
  contents(): LedgerContents;
  /**
   * The files are another process's now: nothing is written any more, also not by `close`. Appends, reservations and
   * reads are refused with the reason, which `health` tells too.
   */
  abandon(reason: GatewayError): void;
  close(): Promise<void>;
}

const syncIntervalMs = 500;

/** A ledger whose thread gets ready; nothing is opened yet. */
export interface StartedSqliteLedger {
  /** Refuses with one line what is damaged or of a newer version, and leaves it as it is. */
  open(): Promise<OpenSqliteLedger>;
  /** For what is not to be opened after all. */
  stop(): Promise<void>;
}

export function startSqliteLedger(options: SqliteLedgerOptions): StartedSqliteLedger {
  const { databasePath, bodiesDirectory, filesDirectory, isExpected, fsync, fullBodyFileBytes, log } = options;
  const places = { databasePath, bodiesDirectory, filesDirectory };
  const writer = guardThread(
    startThread<WriterCalls>(
      { role: "writer", ...places, isExpected, syncsAlways: fsync === "always", fullBodyFileBytes },
      log,
    ),
    options.requireHeld,
  );
  return { open: () => openLedger(writer, options), stop: () => writer.stop() };
}

async function openLedger(writer: Thread<WriterCalls>, options: SqliteLedgerOptions): Promise<OpenSqliteLedger> {
  const { databasePath, bodiesDirectory, filesDirectory, clock, log, fsync, requireHeld } = options;
  const wasKilled = existsSync(`${databasePath}-wal`);
  const snapshot = await writer.call("open", { nowMs: clock.nowMs() }).catch(async (error: unknown) => {
    await writer.stop();
    throw error instanceof StorageFailure ? describeOpening(databasePath, error) : error;
  });
  await removeUnfinishedCopy(databasePath);
  const threads = new LedgerThreads({
    writer,
    // It packs files, and looks after the log.
    startReader: () =>
      guardThread(startThread<ReaderCalls>({ role: "reader", databasePath, bodiesDirectory }, log), requireHeld),
    clock,
    log,
  });
  if (wasKilled) threads.emptyLogLater();
  const idleWork = new IdleWork({ threads, clock, log, packEveryMs: options.packEveryMs });
  const sender = new BatchSender(writer, clock);
  const counts = new LedgerCounts(snapshot);
  const queue = new RecordQueue({
    target: {
      async write(entries) {
        const known = await sender.send(entries);
        threads.scheduleFlush(entries.length);
        idleWork.noteRecorded(entries.length);
        return known;
      },
      sync: () => writer.call("sync", null),
      probe: () => writer.call("probe", null),
    },
    clock,
    log,
    syncIntervalMs: fsync === "always" ? null : syncIntervalMs,
    whenWriteFails: options.whenWriteFails,
    maxPendingBytes: options.maxPendingBytes,
    onSettled: (entry, outcome) => ledger.noteSettled(entry, outcome),
  });
  const ledger = new SqliteLedger({ counts, queue, threads, clock });
  const files = createFileStore(threads, filesDirectory, requireHeld);
  return {
    ledger,
    statistics: {
      async report(query) {
        return decodeReport(await threads.readCounted("report", { query, nowMs: clock.nowMs() }));
      },
      count: (query) => threads.readCounted("count", { query, nowMs: clock.nowMs() }),
    },
    sessions: createSessions(threads),
    files,
    batches: createBatchStore(threads),
    audit: {
      append: (event) => threads.write("audit", event),
      list: ({ limit, before = null }) => threads.read("listAudit", { limit, before }),
    },
    health: () => queue.health,
    takeCopy: () => takeCopy({ threads, databasePath, bodiesDirectory, filesDirectory }),
    contents: () => createLedgerContents(threads, files),
    abandon(reason) {
      queue.abandon(reason);
      threads.abandon(reason);
      void idleWork.close();
    },
    async close() {
      await queue.close();
      await idleWork.close();
      await threads.close();
    },
  };
}

function describeOpening(path: string, failure: StorageFailure): unknown {
  const { message } = failure;
  if (!message.includes("damaged")) return createStoreFailure(`${path} cannot be used: ${message}.`, failure);
  return createStoreFailure(
    `${path} is damaged: restore it from a backup. It has been left as it is, and nothing starts without it.`,
    failure,
  );
}
