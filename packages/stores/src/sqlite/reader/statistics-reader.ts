import { setImmediate } from "node:timers/promises";
import { dayMs, dayStartMs } from "@copilot-llm/model";
import type { CountsQuery, GroupCount, StatisticsQuery, StatisticsReport } from "../../interfaces/statistics.js";
import { type PlacedCell, ReportBuilder } from "../../statistics/build-report.js";
import { spans } from "../../statistics/cell-place.js";
import { GroupCounts } from "../../statistics/group-counts.js";
import { type KeptCells, planRows, planTotals, type ReportPlan, type Stretch } from "../../statistics/plan-report.js";
import { CellSum, negateCell } from "../../statistics/statistics-cell.js";
import type { SqlDatabase, SqlStatement, SqlValue } from "../driver/sql-database.js";
import { hourlyKeptDays } from "../schema/kept-spans.js";
import { cellSelect, cellWidth, decodeCell } from "./cell-rows.js";

/** When it begins, the cell, and its names where it has any. */
type PlacedValues = readonly SqlValue[];

const cellsAtOnce = 500;

/** Reports from the cells. What is not counted yet must be before. */
export class StatisticsReader {
  readonly #plain: CellStatements;
  readonly #withRates: CellStatements;
  readonly #counts: SqlStatement;

  constructor(database: SqlDatabase) {
    this.#plain = prepareCells(database, "");
    this.#withRates = prepareCells(database, ", output_rates");
    this.#counts = database.prepare(
      `SELECT group_id, sum(requests) AS requests FROM statistics_cells
       WHERE dimension = ? AND span = ? AND start_ms >= ? AND start_ms < ? GROUP BY group_id`,
    );
  }

  async count({ fromMs, toMs, dimensions }: CountsQuery, nowMs: number): Promise<readonly GroupCount[]> {
    const counts: GroupCount[] = [];
    for (const dimension of dimensions) {
      const groups = new GroupCounts(dimension);
      const { stretches } = planRows({ fromMs, toMs, groupBy: dimension }, keptAt(nowMs));
      for (const stretch of stretches) {
        const rows = this.#counts.all<CountedGroup>(dimension, stretch.span, stretch.fromMs, stretch.toMs);
        for (const { group_id, requests } of rows) groups.add(group_id, requests);
        await setImmediate();
      }
      counts.push(...groups.list());
    }
    return counts;
  }

  async report(query: StatisticsQuery, nowMs: number): Promise<StatisticsReport> {
    const kept = keptAt(nowMs);
    const plan = planRows(query, kept);
    const builder = new ReportBuilder(plan, plan.bucket === query.groupBy);
    const statements = query.withOutputRates === true ? this.#withRates : this.#plain;
    await read(statements, plan, (placed, stretch) => builder.add(placed, stretch.datedAfterMs));
    const totals = new CellSum();
    await read(statements, planTotals(query, kept), ({ cell }) => totals.add(cell));
    return { totals: totals.figures(), rows: builder.rows() };
  }
}

interface CellStatements {
  readonly ofDimension: SqlStatement;
  readonly ofTotal: SqlStatement;
}

/** `rates`: the last column, where it is read at all; a year of hours takes much longer with it. */
function prepareCells(database: SqlDatabase, rates: "" | ", output_rates"): CellStatements {
  return {
    ofDimension: database.prepareArrays(
      `SELECT start_ms, ${cellSelect}, group_id, split_id, label, split_label${rates}
       FROM statistics_cells
       WHERE dimension = ?1 AND span = ?2 AND start_ms < ?4
         AND (start_ms, group_id, split_id) > (?3, ?5, ?6)
       ORDER BY start_ms, group_id, split_id LIMIT ${cellsAtOnce}`,
    ),
    // They have no names, of which each would cost as much as a figure.
    ofTotal: database.prepareArrays(
      `SELECT start_ms, ${cellSelect}${rates} FROM statistics_cells
       WHERE dimension = 'total' AND span = ? AND start_ms > ? AND start_ms < ? ORDER BY start_ms LIMIT ${cellsAtOnce}`,
    ),
  };
}

async function read(
  { ofDimension, ofTotal }: CellStatements,
  { dimension, stretches }: ReportPlan,
  onCell: (cell: PlacedCell, stretch: Stretch) => void,
): Promise<void> {
  const decodePlaced = dimension === "total" ? decodeTotal : decodeGroup;
  for (const stretch of stretches) {
    const { span, fromMs, toMs, sign } = stretch;
    let last: Pick<PlacedCell, "startMs" | "group" | "split"> = { startMs: fromMs - 1, group: "", split: "" };
    for (;;) {
      const { startMs, group, split } = last;
      const rows =
        dimension === "total"
          ? ofTotal.all<PlacedValues>(span, startMs, toMs)
          : ofDimension.all<PlacedValues>(dimension, span, startMs, toMs, group, split);
      for (const row of rows) {
        const placed = decodePlaced(row);
        last = placed;
        onCell(sign === 1 ? placed : { ...placed, cell: negateCell(placed.cell) }, stretch);
      }
      if (rows.length < cellsAtOnce) break;
      await setImmediate();
    }
  }
}

interface CountedGroup {
  readonly group_id: string;
  readonly requests: number;
}

function keptAt(nowMs: number): KeptCells {
  return { spans, hourlyFromMs: dayStartMs(nowMs) - hourlyKeptDays * dayMs, nowMs };
}

const namesAt = 1 + cellWidth;

function decodeTotal(row: PlacedValues): PlacedCell {
  const cell = decodeCell(row, 1, row[namesAt]);
  return { startMs: Number(row[0]), group: "", split: "", label: null, splitLabel: null, cell };
}

function decodeGroup(row: PlacedValues): PlacedCell {
  return {
    startMs: Number(row[0]),
    group: textOf(row[namesAt]) ?? "",
    split: textOf(row[namesAt + 1]) ?? "",
    label: textOf(row[namesAt + 2]),
    splitLabel: textOf(row[namesAt + 3]),
    cell: decodeCell(row, 1, row[namesAt + 4]),
  };
}

function textOf(value: SqlValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
