import { setImmediate } from "node:timers/promises";
import { dayMs, dayStartMs } from "@copilot-llm/model";
import type { StatisticsQuery, StatisticsReport } from "../../interfaces/statistics.js";
import { type PlacedCell, ReportBuilder } from "../../statistics/build-report.js";
import { spans } from "../../statistics/cell-place.js";
import { planRows, planTotals, type ReportPlan } from "../../statistics/plan-report.js";
import { CellSum } from "../../statistics/statistics-cell.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { hourlyKeptDays } from "../schema/kept-spans.js";
import { type CellValues, cellSelect, decodeCell } from "./cell-rows.js";

type PlacedValues = readonly [
  startMs: number,
  group: string,
  split: string,
  label: string | null,
  splitLabel: string | null,
  ...cell: CellValues,
];

const cellsAtOnce = 500;

/** Reports from the cells. What is not counted yet must be before. */
export class StatisticsReader {
  readonly #cells: SqlStatement;

  constructor(database: SqlDatabase) {
    this.#cells = database.prepareArrays(
      `SELECT start_ms, group_id, split_id, label, split_label, ${cellSelect}
       FROM statistics_cells
       WHERE dimension = ?1 AND span = ?2 AND start_ms < ?4
         AND (start_ms, group_id, split_id) > (?3, ?5, ?6)
       ORDER BY start_ms, group_id, split_id LIMIT ${cellsAtOnce}`,
    );
  }

  async report(query: StatisticsQuery, nowMs: number): Promise<StatisticsReport> {
    const kept = { spans, hourlyFromMs: dayStartMs(nowMs) - hourlyKeptDays * dayMs };
    const plan = planRows(query, kept);
    const builder = new ReportBuilder(plan, plan.bucket === query.groupBy);
    await this.#read(plan, (placed) => builder.add(placed));
    const totals = new CellSum();
    await this.#read(planTotals(query, kept), ({ cell }) => totals.add(cell));
    return { totals: totals.figures(), rows: builder.rows() };
  }

  async #read({ dimension, stretches }: ReportPlan, onCell: (cell: PlacedCell) => void): Promise<void> {
    for (const { span, fromMs, toMs } of stretches) {
      let [startMs, group, split] = [fromMs - 1, "", ""];
      for (;;) {
        const cells = this.#cells.all<PlacedValues>(dimension, span, startMs, toMs, group, split);
        for (const values of cells) {
          [startMs, group, split] = values;
          const [, , , label, splitLabel, ...cell] = values;
          onCell({ startMs, group, split, label, splitLabel, cell: decodeCell(cell) });
        }
        if (cells.length < cellsAtOnce) break;
        await setImmediate();
      }
    }
  }
}
