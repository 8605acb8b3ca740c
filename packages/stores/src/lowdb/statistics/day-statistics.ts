import type { RequestRecord } from "@copilot-llm/model";
import * as z from "zod";
import { type Dimension, GroupedCells, groupedCellsSchema } from "./grouped-cells.js";
import { cellSchema, StatisticsCell } from "./statistics-cell.js";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

const hourSchema = z.strictObject({ hour: z.int(), total: cellSchema, groups: groupedCellsSchema.nullable() });

export const dayStatisticsSchema = z.strictObject({ groups: groupedCellsSchema, hours: z.array(hourSchema) });

interface HourStatistics {
  readonly total: StatisticsCell;
  /** Null once the day is thinned out. */
  groups: GroupedCells | null;
}

/** One UTC day: totals by hour for good, groups by day for good and by hour while the day is young. */
export class DayStatistics {
  readonly startMs: number;
  readonly #groups: GroupedCells;
  readonly #hours = new Map<number, HourStatistics>();

  constructor(startMs: number, groups = new GroupedCells()) {
    this.startMs = startMs;
    this.#groups = groups;
  }

  addRecord(record: RequestRecord): void {
    const hour = Math.floor((record.startedAtMs - this.startMs) / hourMs);
    const known = this.#hours.get(hour);
    const hourly = known ?? { total: new StatisticsCell(), groups: new GroupedCells() };
    if (known === undefined) this.#hours.set(hour, hourly);
    hourly.total.addRecord(record);
    hourly.groups?.addRecord(record);
    this.#groups.addRecord(record);
  }

  /** The hours that overlap the range, each with its start. */
  hourTotals(fromMs: number, toMs: number): readonly { readonly startMs: number; readonly cell: StatisticsCell }[] {
    return [...this.#hours]
      .map(([hour, { total }]) => ({ startMs: this.startMs + hour * hourMs, cell: total }))
      .filter(({ startMs }) => startMs < toMs && startMs + hourMs > fromMs)
      .sort((a, b) => a.startMs - b.startMs);
  }

  addGroupsTo(sums: Map<string, StatisticsCell>, dimension: Dimension, fromMs: number, toMs: number): void {
    const isWhole = fromMs <= this.startMs && toMs >= this.startMs + dayMs;
    const hours = [...this.#hours].map(([hour, { groups }]) => ({ startMs: this.startMs + hour * hourMs, groups }));
    if (isWhole || hours.some(({ groups }) => groups === null)) {
      this.#groups.addTo(sums, dimension);
      return;
    }
    for (const { startMs, groups } of hours) {
      if (startMs < toMs && startMs + hourMs > fromMs) groups?.addTo(sums, dimension);
    }
  }

  hasGroup(dimension: Dimension, group: string): boolean {
    return this.#groups.has(dimension, group);
  }

  /** Gives up the groups' hours; false when there was nothing to give up. */
  thinOut(): boolean {
    const detailed = [...this.#hours.values()].filter(({ groups }) => groups !== null);
    for (const hour of detailed) hour.groups = null;
    return detailed.length > 0;
  }

  toStored(): z.infer<typeof dayStatisticsSchema> {
    const hours = [...this.#hours].map(([hour, { total, groups }]) => ({
      hour,
      total: total.toStored(),
      groups: groups?.toStored() ?? null,
    }));
    return { groups: this.#groups.toStored(), hours };
  }

  static fromStored(startMs: number, stored: z.infer<typeof dayStatisticsSchema>): DayStatistics {
    const day = new DayStatistics(startMs, GroupedCells.fromStored(stored.groups));
    for (const { hour, total, groups } of stored.hours) {
      day.#hours.set(hour, {
        total: StatisticsCell.fromStored(total),
        groups: groups === null ? null : GroupedCells.fromStored(groups),
      });
    }
    return day;
  }
}
