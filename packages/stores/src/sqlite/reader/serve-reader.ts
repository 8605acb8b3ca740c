import type { BatchQuery, ItemsQuery } from "../../interfaces/batch-store.js";
import type { FileQuery } from "../../interfaces/file-store.js";
import type { SessionFilter, SessionQuery } from "../../interfaces/sessions.js";
import type { CountsQuery, StatisticsQuery } from "../../interfaces/statistics.js";
import type { CellPlace } from "../../statistics/cell-place.js";
import { BatchReader } from "../batches/batch-reader.js";
import { BodyPacker } from "../bodies/body-packer.js";
import { BodyReader } from "../bodies/body-reader.js";
import type { LoggedLine } from "../calls/calls.js";
import { encodeReport } from "../calls/report-message.js";
import type { ReaderData } from "../calls/thread-data.js";
import { openDatabase } from "../driver/open-database.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import { TurnIndexer } from "../words/turn-indexer.js";
import { AuditReader } from "./audit-reader.js";
import { busyTimeoutMs, checkpoint, emptyLog, shrinkLog } from "./checkpoint.js";
import { ContentsReader } from "./contents-reader.js";
import { RecordExporter } from "./record-exporter.js";
import { RecordReader } from "./record-reader.js";
import { RequestLister } from "./request-lister.js";
import { SessionReader } from "./session-reader.js";
import { StatisticsReader } from "./statistics-reader.js";

export type ReaderCalls = ReturnType<typeof createReaderCalls>;

/** What the reading thread does. `open` comes first, once the database is there with the schema of this version. */
export function createReaderCalls(data: ReaderData, log: (line: LoggedLine) => void) {
  let opened: OpenReader | null = null;
  const parts = (): OpenReader => {
    if (opened === null) throw new Error("the ledger is not open");
    return opened;
  };
  return {
    async open(_: null): Promise<void> {
      opened = await openReader(data, log);
    },
    findRecord: ({ id }: { readonly id: string }) => parts().records.find(id),
    listSessions: (query: SessionQuery) => parts().sessions.list(query),
    listRequests: (query: SessionQuery) => parts().requests.list(query),
    findSession: ({ id }: { readonly id: string }) => parts().sessions.find(id),
    filterOptions: (_: null) => parts().sessions.filterOptions(),
    withOpening: ({ opening, limit }: { readonly opening: string; readonly limit: number }) =>
      parts().sessions.withOpening(opening, limit),
    lastPosition: (_: null) => parts().exporter.lastPosition(),
    exportPart: (query: { readonly filter: SessionFilter; readonly after: number; readonly through: number }) =>
      parts().exporter.exportPart(query.filter, query.after, query.through),
    nextTurns: (_: null) => parts().indexer.next(),
    /** Files of bodies that do not grow any more and are not packed. */
    unpackedFiles: (_: null) => parts().packer.list(),
    packFile: ({ fileId }: { readonly fileId: number }) => parts().packer.pack(fileId),
    cancelPacking: (_: null) => parts().packer.cancel(),
    /** Lets go of files that may be gone. */
    closeFiles: (_: null) => parts().bodies.close(),
    report: async ({ query, nowMs }: { readonly query: StatisticsQuery; readonly nowMs: number }) =>
      encodeReport(await parts().statistics.report(query, nowMs)),
    count: ({ query, nowMs }: { readonly query: CountsQuery; readonly nowMs: number }) =>
      parts().statistics.count(query, nowMs),
    listAudit: ({ limit, before }: { readonly limit: number; readonly before: string | null }) =>
      parts().audit.list(limit, before),
    usage: (_: null) => parts().contents.usage(),
    cellsPart: ({ after }: { readonly after: CellPlace | null }) => parts().contents.cellsPart(after),
    entriesPart: ({ after }: { readonly after: number }) => parts().contents.entriesPart(after),
    findBatch: ({ id }: { readonly id: string }) => parts().batches.find(id),
    listBatches: (query: BatchQuery) => parts().batches.list(query),
    batchResults: ({ batchId, query }: { readonly batchId: string; readonly query: ItemsQuery }) =>
      parts().batches.results(batchId, query),
    batchesAfter: ({ position, limit }: { readonly position: number; readonly limit: number }) =>
      parts().batches.batchesAfter(position, limit),
    itemsAfter: ({
      batchId,
      index,
      limit,
    }: {
      readonly batchId: string;
      readonly index: number;
      readonly limit: number;
    }) => parts().batches.itemsAfter(batchId, index, limit),
    findFile: ({ id }: { readonly id: string }) => parts().batches.findFile(id),
    listFiles: (query: FileQuery) => parts().batches.listFiles(query),
    filesAfter: ({ position, limit }: { readonly position: number; readonly limit: number }) =>
      parts().batches.filesAfter(position, limit),
    checkpoint: (_: null) => checkpoint(parts().database),
    emptyLog: (_: null) => emptyLog(parts().database),
    shrinkLog: (_: null) => shrinkLog(parts().database, data.databasePath),
    bodyFileNames: (_: null) =>
      parts()
        .database.prepare("SELECT name FROM body_files ORDER BY id")
        .all<{ name: string }>()
        .map(({ name }) => name),
    copyDatabase: ({ path }: { readonly path: string }) => parts().database.copyTo(path),
    close(_: null): void {
      parts().bodies.close();
      parts().database.close();
    },
  };
}

interface OpenReader {
  readonly database: SqlDatabase;
  readonly bodies: BodyReader;
  readonly records: RecordReader;
  readonly sessions: SessionReader;
  readonly requests: RequestLister;
  readonly exporter: RecordExporter;
  readonly indexer: TurnIndexer;
  readonly packer: BodyPacker;
  readonly statistics: StatisticsReader;
  readonly audit: AuditReader;
  readonly contents: ContentsReader;
  readonly batches: BatchReader;
}

async function openReader(data: ReaderData, log: (line: LoggedLine) => void): Promise<OpenReader> {
  const database = await openDatabase(data.databasePath, { readOnly: false, busyTimeoutMs });
  // A checkpoint needs the right to write; nothing else does.
  database.exec("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16000");
  const bodies = new BodyReader(data.bodiesDirectory, database, log);
  const records = new RecordReader(database, bodies);
  const options = { database, records, onDamage: createDamageTeller(log) };
  return {
    database,
    bodies,
    records,
    sessions: new SessionReader(options),
    requests: new RequestLister(options),
    exporter: new RecordExporter(options),
    indexer: new TurnIndexer(database, bodies),
    packer: new BodyPacker(database, data.bodiesDirectory),
    statistics: new StatisticsReader(database),
    audit: new AuditReader(database),
    contents: new ContentsReader(database, bodies),
    batches: new BatchReader(database),
  };
}

/** Says once that records are damaged. */
function createDamageTeller(log: (line: LoggedLine) => void): (position: number) => void {
  let hasTold = false;
  return (position) => {
    if (hasTold) return;
    hasTold = true;
    const message = "Part of ledger.sqlite is damaged: records cannot be read. Restore a backup.";
    log({ level: "error", message, fields: { position } });
  };
}
