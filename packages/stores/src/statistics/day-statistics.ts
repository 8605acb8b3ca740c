import { dayMs, hourMs, hourStartMs, type RequestRecord } from "@copilot-llm/model";
import {
  addToGroups,
  adoptGroupedCells,
  createGroupedCells,
  type Dimension,
  type GroupedCells,
  sumGroups,
} from "./grouped-cells.js";
import { addRecord, type CellSum, createCell, type StatisticsCell } from "./statistics-cell.js";

/** One UTC day: totals by hour for good, groups by day for good and by hour while the day is young. Plain JSON. */
export interface DayStatistics {
  readonly startMs: number;
  readonly total: StatisticsCell;
  readonly groups: GroupedCells;
  readonly hours: HourStatistics[];
}

export interface HourStatistics {
  readonly startMs: number;
  readonly total: StatisticsCell;
  /** Null once the day is thinned out. */
  groups: GroupedCells | null;
}

export function createDay(startMs: number): DayStatistics {
  return { startMs, total: createCell(), groups: createGroupedCells(), hours: [] };
}

/** Makes a day that comes from JSON fit to be added to. */
export function adoptDay(day: DayStatistics): DayStatistics {
  for (const groups of [day.groups, ...day.hours.map((hour) => hour.groups)]) {
    if (groups !== null) adoptGroupedCells(groups);
  }
  return day;
}

export function addToDay(day: DayStatistics, record: RequestRecord): void {
  const hour = hourOf(day, record.startedAtMs);
  addRecord(hour.total, record);
  if (hour.groups !== null) addToGroups(hour.groups, record);
  addRecord(day.total, record);
  addToGroups(day.groups, record);
}

/** The hours that overlap the range, in order of time. */
export function hoursWithin(day: DayStatistics, fromMs: number, toMs: number): readonly HourStatistics[] {
  return day.hours.filter(({ startMs }) => startMs < toMs && startMs + hourMs > fromMs);
}

export function isWithin(day: DayStatistics, fromMs: number, toMs: number): boolean {
  return fromMs <= day.startMs && toMs >= day.startMs + dayMs;
}

/** Adds what the groups did in the range, or in the whole day when the hours are not known any more. */
export function sumDayGroups(
  sums: Map<string, CellSum>,
  day: DayStatistics,
  dimension: Dimension,
  range: { readonly fromMs: number; readonly toMs: number },
): void {
  const hours = hoursWithin(day, range.fromMs, range.toMs);
  if (isWithin(day, range.fromMs, range.toMs) || hours.some(({ groups }) => groups === null)) {
    sumGroups(sums, day.groups, dimension);
    return;
  }
  for (const { groups } of hours) {
    if (groups !== null) sumGroups(sums, groups, dimension);
  }
}

/** Gives up the groups' hours; false when there was nothing to give up. */
export function thinOut(day: DayStatistics): boolean {
  const detailed = day.hours.filter(({ groups }) => groups !== null);
  for (const hour of detailed) hour.groups = null;
  return detailed.length > 0;
}

function hourOf(day: DayStatistics, atMs: number): HourStatistics {
  const startMs = hourStartMs(atMs);
  const known = day.hours.find((hour) => hour.startMs === startMs);
  if (known !== undefined) return known;
  const hour = { startMs, total: createCell(), groups: createGroupedCells() };
  day.hours.push(hour);
  day.hours.sort((a, b) => a.startMs - b.startMs);
  return hour;
}
