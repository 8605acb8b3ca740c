import { dayMs, hourMs, type RequestRecord } from "@copilot-llm/model";
import { type Dimension, dimensions, groupOf, noGroup } from "../../statistics/grouped-cells.js";
import { addRecord, createCell, type StatisticsCell } from "../../statistics/statistics-cell.js";
import type { SqlClient } from "../connection/sql-client.js";
import { storableText } from "../connection/storable-text.js";

/** Cells are kept twice: by the hour, and by the UTC day, so that long stretches of time are quickly added up. */
export const spanMs = { hour: hourMs, day: dayMs } as const;

/** The sums of a cell as columns, in the order in which cells keep them. */
export const sumColumns = [
  "requests",
  "errors",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "premium_units",
  "nano_aiu",
] as const;

export interface CellRow {
  readonly dimension: Dimension | "total";
  readonly span: keyof typeof spanMs;
  readonly startMs: number;
  readonly groupId: string;
  label: string | null;
  readonly cell: StatisticsCell;
}

/** Counts the records in the hour and the day in which they began, within the transaction that the client is in. */
export async function addToStatistics(client: SqlClient, records: readonly RequestRecord[]): Promise<void> {
  const cells = new Map<string, CellRow>();
  for (const record of records) {
    for (const dimension of ["total", ...dimensions] as const) {
      const groupId = dimension === "total" ? noGroup : storableText(groupOf(record, dimension));
      for (const span of ["hour", "day"] as const) {
        const startMs = Math.floor(record.startedAtMs / spanMs[span]) * spanMs[span];
        const name = `${dimension}\n${span}\n${startMs}\n${groupId}`;
        const row = cells.get(name) ?? { dimension, span, startMs, groupId, label: null, cell: createCell() };
        cells.set(name, row);
        row.label = labels[dimension](record) ?? row.label;
        addRecord(row.cell, record);
      }
    }
  }
  await writeCells(client, [...cells.values()]);
}

/** Adds the cells to those that are there. */
export async function writeCells(client: SqlClient, cells: readonly CellRow[]): Promise<void> {
  const rows = cells.map(({ dimension, span, startMs, groupId, label, cell }) => ({
    dimension,
    span,
    start_ms: startMs,
    group_id: groupId,
    label: label === null ? null : storableText(label),
    ...Object.fromEntries(sumColumns.map((column, index) => [column, cell.sums[index] ?? 0])),
    latencies: toCounts(cell.latencies),
    first_tokens: toCounts(cell.firstTokens),
  }));
  await client.query(upsertCells, [JSON.stringify(rows)]);
}

const labels = {
  total: () => null,
  model: () => null,
  key: (record: RequestRecord) => record.keyAlias,
  token: (record: RequestRecord) => record.tokenAlias,
} as const;

function toCounts(pairs: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let index = 0; index < pairs.length; index += 2) counts[String(pairs[index])] = pairs[index + 1] ?? 0;
  return counts;
}

const upsertCells = `
  INSERT INTO statistics_cells AS cell
  SELECT * FROM json_populate_recordset(NULL::statistics_cells, $1) ORDER BY dimension, span, start_ms, group_id
  ON CONFLICT (dimension, span, start_ms, group_id) DO UPDATE SET
    label = coalesce(excluded.label, cell.label),
    ${sumColumns.map((column) => `${column} = cell.${column} + excluded.${column}`).join(",\n    ")},
    latencies = add_counts(cell.latencies, excluded.latencies),
    first_tokens = add_counts(cell.first_tokens, excluded.first_tokens)`;
