import { dayStartMs, type Log } from "@copilot-llm/model";
import type { LedgerEntry } from "../interfaces/ledger.js";
import type { LedgerContents } from "../lowdb/ledger/ledger-contents.js";
import type { LedgerCountsSnapshot } from "../lowdb/ledger/ledger-counts.js";
import type { SqlClient } from "../postgres/connection/sql-client.js";
import { writeKeyUsage, writeTokenUsage } from "../postgres/ledger/append-records.js";
import { encodeRecords, insertRecords } from "../postgres/ledger/encode-record.js";
import { createPartitions } from "../postgres/ledger/partitions.js";
import { type CellRow, writeCells } from "../postgres/statistics/add-to-statistics.js";
import type { DayStatistics } from "../statistics/day-statistics.js";
import { dimensions, type GroupedCells, noGroup } from "../statistics/grouped-cells.js";
import type { StatisticsLabels } from "../statistics/report-statistics.js";
import type { StatisticsCell } from "../statistics/statistics-cell.js";

const batchEntries = 200;
const batchBytes = 8 << 20;
const toldEvery = 100_000;

/**
 * Takes records, counts and statistics over, each as it stands: counts and statistics know more than the records that
 * are left. Returns the number of records.
 */
export async function importLedger(client: SqlClient, contents: LedgerContents, log: Log): Promise<number> {
  await importCounts(client, contents.counts);
  for (const day of contents.days) await writeCells(client, cellsOf(day, contents.labels));
  let records = 0;
  for await (const batch of inBatches(contents.records())) {
    await createPartitions(client, [...new Set(batch.map(({ record }) => dayStartMs(record.startedAtMs)))]);
    const { rows, bodies } = encodeRecords(batch);
    await client.query(insertRecords, [rows, bodies]);
    const told = Math.floor(records / toldEvery);
    records += batch.length;
    if (Math.floor(records / toldEvery) > told) log.info("Importing records.", { records });
  }
  return records;
}

async function importCounts(client: SqlClient, { keys, tokens }: LedgerCountsSnapshot): Promise<void> {
  const used = Object.entries(keys).flatMap(([keyId, { lastUsedAtMs, lifetime, days, months }]) => {
    if (lastUsedAtMs === null) return [];
    const row = { keyId, lastUsedAtMs };
    return [
      { ...row, period: "lifetime" as const, startMs: 0, charges: lifetime },
      ...days.map((day) => ({ ...row, period: "day" as const, ...day })),
      ...months.map((month) => ({ ...row, period: "month" as const, ...month })),
    ];
  });
  await writeKeyUsage(client, used);
  await writeTokenUsage(
    client,
    Object.entries(tokens).flatMap(([tokenId, totals]) =>
      totals.lastUsedAtMs === null ? [] : [{ ...totals, tokenId, lastUsedAtMs: totals.lastUsedAtMs }],
    ),
  );
}

function cellsOf(day: DayStatistics, labels: StatisticsLabels): CellRow[] {
  const cells: CellRow[] = [];
  const add = (span: CellRow["span"], startMs: number, total: StatisticsCell, groups: GroupedCells | null) => {
    cells.push({ dimension: "total", span, startMs, groupId: noGroup, label: null, cell: total });
    if (groups === null) return;
    for (const dimension of dimensions) {
      for (const [groupId, cell] of Object.entries(groups[dimension])) {
        const label = dimension === "model" ? null : (labels[dimension].get(groupId) ?? null);
        cells.push({ dimension, span, startMs, groupId, label, cell });
      }
    }
  };
  add("day", day.startMs, day.total, day.groups);
  for (const { startMs, total, groups } of day.hours) add("hour", startMs, total, groups);
  return cells;
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
