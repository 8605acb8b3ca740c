import { dayMs, utcDate } from "@copilot-llm/model";
import type { StatisticsBucket, StatisticsRow } from "../interfaces/statistics.js";
import { noGroup } from "./cell-place.js";
import { createLocalDate } from "./local-date.js";
import type { ReportPlan } from "./plan-report.js";
import { CellSum, type StatisticsCell } from "./statistics-cell.js";

/** A cell as it is kept. */
export interface PlacedCell {
  readonly startMs: number;
  readonly group: string;
  readonly split: string;
  readonly label: string | null;
  readonly splitLabel: string | null;
  readonly cell: StatisticsCell;
}

interface RowPart {
  readonly name: string | null;
  readonly label: string | null;
}

interface RowSum {
  group: RowPart;
  split: RowPart;
  readonly sum: CellSum;
  /** Of the cell that told the labels. */
  lastMs: number;
}

const noPart: RowPart = { name: null, label: null };

/**
 * Adds up the cells that a plan asks for, in the order of time, to the rows of its report. Rows by time are made as soon
 * as the next time begins: a year of hours would otherwise be held twice.
 */
export class ReportBuilder {
  readonly #plan: ReportPlan;
  readonly #isTimeFirst: boolean;
  readonly #sums = new Map<string, RowSum>();
  readonly #rows: StatisticsRow[] = [];
  #time: string | null = null;
  readonly #dateOf: (atMs: number) => string;

  /** `isTimeFirst`: groups are times, and splits, where there are any, dimensions. */
  constructor(plan: ReportPlan, isTimeFirst: boolean) {
    this.#plan = plan;
    this.#isTimeFirst = isTimeFirst;
    this.#dateOf = plan.timeZone === null ? utcDate : createLocalDate(plan.timeZone);
  }

  /** `datedAfterMs`: of the stretch that the cell is of. */
  add(placed: PlacedCell, datedAfterMs: number): void {
    const { group, split } = this.#parts(placed, datedAfterMs);
    if (this.#plan.bucket !== null) this.#turnTo(this.#isTimeFirst ? group.name : split.name);
    const name = `${group.name ?? ""}\0${split.name ?? ""}`;
    const row = this.#sums.get(name);
    if (row === undefined) {
      this.#sums.set(name, { group, split, lastMs: placed.startMs, sum: new CellSum().add(placed.cell) });
      return;
    }
    row.sum.add(placed.cell);
    if (placed.startMs < row.lastMs) return;
    row.lastMs = placed.startMs;
    row.group = { name: group.name, label: group.label ?? row.group.label };
    row.split = { name: split.name, label: split.label ?? row.split.label };
  }

  rows(): readonly StatisticsRow[] {
    this.#finishRows();
    return sortRows(this.#rows, this.#plan.bucket === null ? "none" : this.#isTimeFirst ? "group" : "split");
  }

  #turnTo(time: string | null): void {
    if (time === this.#time) return;
    this.#finishRows();
    this.#time = time;
  }

  #finishRows(): void {
    for (const { group, split, sum } of this.#sums.values()) {
      const label = group.label ?? group.name;
      const splitLabel = split.label ?? split.name;
      const row = sum.row({ group: group.name, label, split: split.name, splitLabel });
      // All that an hour had may be of the day before.
      if (row.requests > 0) this.#rows.push(row);
    }
    this.#sums.clear();
  }

  #parts(
    { startMs, group, split, label, splitLabel }: PlacedCell,
    datedAfterMs: number,
  ): { group: RowPart; split: RowPart } {
    const { bucket, dimension, isTurned } = this.#plan;
    const first = dimension === "total" ? noPart : toPart(group, label);
    if (bucket === null) {
      if (!dimension.includes(" ")) return { group: first, split: noPart };
      const second = toPart(split, splitLabel);
      return isTurned ? { group: second, split: first } : { group: first, split: second };
    }
    const time = { name: this.#nameOf(bucket, startMs, datedAfterMs), label: null };
    return this.#isTimeFirst ? { group: time, split: first } : { group: first, split: time };
  }

  #nameOf(bucket: StatisticsBucket, startMs: number, datedAfterMs: number): string {
    if (bucket === "5m" || bucket === "hour") return new Date(startMs).toISOString();
    return bucketName(bucket, this.#dateOf(startMs + datedAfterMs));
  }
}

function toPart(name: string, label: string | null): RowPart {
  return name === noGroup ? noPart : { name, label };
}

/** The time's place in the rows decides: times in order, anything else by the number of requests. */
export function sortRows(rows: StatisticsRow[], timePart: "none" | "group" | "split"): readonly StatisticsRow[] {
  const requests = new Map<string | null, number>();
  if (timePart !== "group")
    for (const row of rows) requests.set(row.group, (requests.get(row.group) ?? 0) + row.requests);
  const byName = (a: string | null, b: string | null) => (a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1);
  const compareGroups = (a: StatisticsRow, b: StatisticsRow) =>
    timePart === "group" ? 0 : (requests.get(b.group) ?? 0) - (requests.get(a.group) ?? 0);
  const compareSplits = (a: StatisticsRow, b: StatisticsRow) => (timePart === "split" ? 0 : b.requests - a.requests);
  return rows.sort(
    (a, b) => compareGroups(a, b) || byName(a.group, b.group) || compareSplits(a, b) || byName(a.split, b.split),
  );
}

/** How the day, week or month of that date is called. */
function bucketName(bucket: Exclude<StatisticsBucket, "5m" | "hour">, date: string): string {
  switch (bucket) {
    case "day":
      return date;
    case "week":
      return utcDate(weekStartMs(Date.parse(date)));
    case "month":
      return date.slice(0, 7);
  }
}

/** The epoch began on a Thursday. */
const firstMondayMs = 4 * dayMs;

function weekStartMs(atMs: number): number {
  return Math.floor((atMs - firstMondayMs) / (7 * dayMs)) * 7 * dayMs + firstMondayMs;
}
