import type { RequestRecord } from "@copilot-llm/model";
import { type CellPlace, type CellSpan, cellGroups, isKept, spanStartMs } from "../../statistics/cell-place.js";
import { facetsOf } from "../../statistics/record-facets.js";
import { addRecord, createCell, type StatisticsCell, sumNames } from "../../statistics/statistics-cell.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlClient } from "../connection/sql-client.js";

/** Cells are kept several times: by longer spans for what is long ago. Months are added up from days. */
export const keptSpans: readonly CellSpan[] = ["5m", "hour", "day"];

/** The sums of a cell as columns, in the order in which cells keep them. */
export const sumColumns = sumNames.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export interface CellRow extends CellPlace {
  readonly cell: StatisticsCell;
}

/** Counts the records in the spans in which they began, within the transaction that the client is in. */
export async function addToStatistics(client: SqlClient, records: readonly RequestRecord[]): Promise<void> {
  const cells = new Map<string, CellRow>();
  for (const record of records) {
    for (const group of cellGroups(facetsOf(record))) {
      for (const span of keptSpans) {
        if (!isKept(group.dimension, span)) continue;
        const startMs = spanStartMs(span, record.startedAtMs);
        const name = `${group.dimension}\n${span}\n${startMs}\n${storableText(group.group.group)}\n${storableText(group.split.group)}`;
        const row = { ...group, span, startMs, cell: cells.get(name)?.cell ?? createCell() };
        cells.set(name, row);
        addRecord(row.cell, record);
      }
    }
  }
  await writeCells(client, [...cells.values()]);
}

/** Adds the cells to those that are there. */
export async function writeCells(client: SqlClient, cells: readonly CellRow[]): Promise<void> {
  const rows = cells.map(({ dimension, span, startMs, group, split, cell }) => ({
    dimension,
    span,
    start_ms: startMs,
    group_id: storableText(group.group),
    split_id: storableText(split.group),
    label: group.label === null ? null : storableText(group.label),
    split_label: split.label === null ? null : storableText(split.label),
    ...Object.fromEntries(sumColumns.map((column, index) => [column, cell.sums[index] ?? 0])),
    latencies: toCounts(cell.latencies),
    first_tokens: toCounts(cell.firstTokens),
    output_rates: toCounts(cell.outputRates),
  }));
  await client.query(upsertCells, [JSON.stringify(rows)]);
}

function toCounts(pairs: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let index = 0; index < pairs.length; index += 2) counts[String(pairs[index])] = pairs[index + 1] ?? 0;
  return counts;
}

const place = "dimension, span, start_ms, group_id, split_id";

const upsertCells = `
  INSERT INTO statistics_cells AS cell
  SELECT * FROM json_populate_recordset(NULL::statistics_cells, $1) ORDER BY ${place}
  ON CONFLICT (${place}) DO UPDATE SET
    label = coalesce(excluded.label, cell.label),
    split_label = coalesce(excluded.split_label, cell.split_label),
    ${sumColumns.map((column) => `${column} = cell.${column} + excluded.${column}`).join(",\n    ")},
    latencies = add_counts(cell.latencies, excluded.latencies),
    first_tokens = add_counts(cell.first_tokens, excluded.first_tokens),
    output_rates = add_counts(cell.output_rates, excluded.output_rates)`;
