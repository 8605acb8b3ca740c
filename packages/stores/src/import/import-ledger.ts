import { dayStartMs, type Log } from "@copilot-llm/model";
import type { LedgerEntry } from "../interfaces/ledger.js";
import type { SqlClient } from "../postgres/connection/sql-client.js";
import { writeKeyUsage, writeTokenUsage } from "../postgres/ledger/append-records.js";
import { encodeRecords, insertRecords } from "../postgres/ledger/encode-record.js";
import { createPartitions } from "../postgres/ledger/partitions.js";
import { keptSpans, writeCells } from "../postgres/statistics/add-to-statistics.js";
import type { KeptCell, LedgerContents } from "../sqlite/index.js";

const batchEntries = 200;
const batchBytes = 8 << 20;
const cellsAtOnce = 500;
const recordsPerLogLine = 100_000;

/**
 * Takes records, usage and statistics over, each as it stands: usage and statistics know more than the records that
 * are left. Returns the number of records.
 */
export async function importLedger(client: SqlClient, contents: LedgerContents, log: Log): Promise<number> {
  const { keys, tokens } = await contents.usage();
  await writeKeyUsage(client, keys);
  await writeTokenUsage(client, tokens);
  await importCells(client, contents.cells());
  let records = 0;
  for await (const batch of inBatches(contents.records())) {
    await createPartitions(client, [...new Set(batch.map(({ record }) => dayStartMs(record.startedAtMs)))]);
    const { rows, bodies } = encodeRecords(batch);
    await client.query(insertRecords, [rows, bodies]);
    const linesBefore = Math.floor(records / recordsPerLogLine);
    records += batch.length;
    if (Math.floor(records / recordsPerLogLine) > linesBefore) log.info("Importing records.", { records });
  }
  return records;
}

async function importCells(client: SqlClient, cells: AsyncIterable<KeptCell>): Promise<void> {
  let batch: KeptCell[] = [];
  for await (const cell of cells) {
    if (!keptSpans.includes(cell.span)) continue;
    batch.push(cell);
    if (batch.length < cellsAtOnce) continue;
    await writeCells(client, batch);
    batch = [];
  }
  if (batch.length > 0) await writeCells(client, batch);
}

async function* inBatches(entries: AsyncIterable<LedgerEntry>): AsyncIterable<readonly LedgerEntry[]> {
  let batch: LedgerEntry[] = [];
  let bytes = 0;
  for await (const entry of entries) {
    batch.push(entry);
    bytes += entry.bodies === null ? 0 : entry.bodies.request.length + entry.bodies.response.length;
    if (batch.length < batchEntries && bytes < batchBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
