import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { AuditEvent } from "@copilot-llm/model";
import { createStoreFailure } from "../../failure/store-failure.js";
import { BatchWriter } from "../batches/batch-writer.js";
import { FileWriter } from "../batches/file-writer.js";
import { ItemWriter } from "../batches/item-writer.js";
import { BodyAppender } from "../bodies/body-appender.js";
import type { PackedFile } from "../bodies/pack-bodies.js";
import { Transferred } from "../calls/calls.js";
import type { WriterData } from "../calls/thread-data.js";
import { type CountsSnapshot, readCounts } from "../counts/read-counts.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { IndexedTurns } from "../words/turn-indexer.js";
import { WordWriter } from "../words/word-writer.js";
import { PackAdopter } from "./adopt-packed.js";
import { AuditWriter } from "./audit-writer.js";
import { type BatchParts, createBatchCalls } from "./batch-calls.js";
import { BodyEraser } from "./body-eraser.js";
import { Durability } from "./durability.js";
import { RecordExpirer } from "./expire-records.js";
import { LedgerWriter, type SentBatch } from "./ledger-writer.js";
import { openWriterDatabase } from "./open-writer-database.js";
import { ConversationRemover } from "./remove-conversations.js";
import { restartLog } from "./restart-log.js";

const probeBytes = 1 << 16;

export type WriterCalls = ReturnType<typeof createWriterCalls>;

/** What the writing thread does. `open` comes first, `close` last. */
export function createWriterCalls(data: WriterData) {
  let opened: OpenWriter | null = null;
  const parts = (): OpenWriter => {
    if (opened === null) throw new Error("the ledger is not open");
    return opened;
  };
  return {
    async open({ nowMs }: { readonly nowMs: number }): Promise<CountsSnapshot> {
      opened = await openWriter(data, nowMs);
      return readCounts(opened.database, nowMs);
    },
    /** Gives the batch's memory back, and tells which entries were on record already. */
    append(batch: SentBatch) {
      const { writer } = parts();
      const { buffer } = batch;
      const known = writer.append(batch);
      return new Transferred({ buffer, known }, [buffer]);
    },
    /** Appends get in between. */
    flush: (_: null): Promise<void> => parts().writer.flushInSlices(setImmediate),
    /** As `flush`, a step of it: returns whether it takes more of them. */
    flushSlice: (_: null): boolean => parts().writer.flushSlice(),
    /** How many pages wait for a checkpoint. */
    logPages: (_: null): number => parts().logPages.get<{ log: number }>()?.log ?? 0,
    /** For a log that has grown long, after a checkpoint. */
    restartLog: (_: null): boolean => restartLog(parts().database),
    sync: (_: null): Promise<void> => parts().durability.sync(),
    /** Throws while nothing can be written. */
    probe(_: null): void {
      probe(join(data.bodiesDirectory, "probe.tmp"));
      const { writer, database } = parts();
      writer.transact(() => database.exec("UPDATE ledger_state SET next_position = next_position"));
    },
    /** With its event, on the medium when it resolves. */
    async resetKeyUsage({
      keyId,
      event,
    }: {
      readonly keyId: string;
      readonly event: AuditEvent | null;
    }): Promise<void> {
      const { writer, resetKey, audit, durability } = parts();
      writer.transactCounted(() => {
        resetKey.run(keyId);
        if (event !== null) audit.append(event);
      });
      await durability.sync();
    },
    /** Those of the conversations that are on record. */
    findConversations: ({ ids }: { readonly ids: readonly string[] }) => parts().remover.find(ids),
    /** Gone, with their bodies, when it resolves; the event is on the trail as soon as that is decided. */
    async removeConversations({ ids, event }: { readonly ids: readonly string[]; readonly event: AuditEvent | null }) {
      const { remover, eraser, durability } = parts();
      await remover.remove(ids, event);
      await durability.sync();
      await eraser.eraseAll();
    },
    async expire({ beforeMs, nowMs }: { readonly beforeMs: number; readonly nowMs: number }): Promise<void> {
      const { expirer } = parts();
      await expirer.expire(beforeMs, nowMs);
    },
    /** What is being expired goes on with the next call. */
    stopExpiring: (_: null) => parts().expirer.stop(),
    addWords(turns: IndexedTurns): void {
      const { writer, words } = parts();
      writer.transact(() => words.add(turns));
    },
    adoptPacked: (packed: PackedFile): Promise<void> => parts().adopter.adopt(packed),
    /** On the medium when it resolves. */
    async audit(event: AuditEvent): Promise<boolean> {
      const { writer, audit, durability } = parts();
      const isNew = writer.transact(() => audit.append(event));
      await durability.sync();
      return isNew;
    },
    ...createBatchCalls(parts),
    async close(_: null): Promise<void> {
      const { writer, durability, bodies, database } = parts();
      try {
        // What is not counted now is at the next start.
        tryFlush(writer);
        await durability.sync();
      } finally {
        durability.close();
        bodies.close();
        database.close();
      }
    },
  };
}

interface OpenWriter extends BatchParts {
  readonly database: SqlDatabase;
  readonly writer: LedgerWriter;
  readonly bodies: BodyAppender;
  readonly remover: ConversationRemover;
  readonly eraser: BodyEraser;
  readonly expirer: RecordExpirer;
  readonly words: WordWriter;
  readonly adopter: PackAdopter;
  readonly audit: AuditWriter;
  readonly resetKey: SqlStatement;
  readonly logPages: SqlStatement;
}

async function openWriter(data: WriterData, nowMs: number): Promise<OpenWriter> {
  const { databasePath: path, bodiesDirectory, isExpected, syncsAlways, fullBodyFileBytes } = data;
  const database = await openWriterDatabase({ path, isExpected, syncsAlways });
  try {
    makeBodiesDirectory(bodiesDirectory, database);
    removeLeftovers(bodiesDirectory);
    const bodies = new BodyAppender(bodiesDirectory, fullBodyFileBytes, database);
    const items = new ItemWriter(database);
    const writer = new LedgerWriter({ database, bodies, items, syncsAlways });
    const files = new FileWriter(database, data.filesDirectory);
    const audit = new AuditWriter(database);
    const remover = new ConversationRemover({ writer, database, audit });
    const eraser = new BodyEraser({ writer, database, bodiesDirectory });
    const adopter = new PackAdopter({ writer, database, bodiesDirectory, nextFileId: () => bodies.nextFileId() });
    // What an earlier process had no time for.
    await adopter.resume();
    await remover.finish();
    await eraser.eraseAll();
    // This process owns the directory: nobody runs any more what was running.
    writer.transact(() => items.giveBackUntil(Number.MAX_SAFE_INTEGER, nowMs));
    const transact = writer.transact.bind(writer);
    return {
      database,
      writer,
      items,
      files,
      batches: new BatchWriter({ database, transact, items, files, audit }),
      bodies,
      eraser,
      durability: new Durability(path, bodies),
      remover,
      expirer: new RecordExpirer({ writer, database, bodiesDirectory, growingFileId: () => bodies.growingFileId }),
      audit,
      adopter,
      words: new WordWriter(database),
      logPages: database.prepare("PRAGMA wal_checkpoint(NOOP)"),
      resetKey: database.prepare(
        "UPDATE key_usage SET requests = 0, premium_units = 0, nano_aiu = 0, tokens = 0 WHERE period IN ('lifetime', 'day', 'month') AND key_id = ?",
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Empty directories are not in a backup; one that held something must be there. */
function makeBodiesDirectory(path: string, database: SqlDatabase): void {
  if (existsSync(path)) return;
  if (database.prepare("SELECT 1 AS found FROM body_files LIMIT 1").get() !== undefined) {
    throw createStoreFailure(`${path} is missing: restore it from a backup. Nothing starts without it.`);
  }
  mkdirSync(path, { mode: 0o700 });
}

/** Files that were not whole when an earlier process ended. */
function removeLeftovers(path: string): void {
  for (const name of readdirSync(path)) {
    if (name.endsWith(".tmp")) rmSync(join(path, name), { force: true });
  }
}

function tryFlush(writer: LedgerWriter): void {
  try {
    writer.flush();
  } catch {
    // The records stay uncounted; whoever waits for the counts hears of it.
  }
}

function probe(path: string): void {
  const descriptor = openSync(path, "w", 0o600);
  try {
    writeSync(descriptor, Buffer.alloc(probeBytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
    rmSync(path, { force: true });
  }
}
