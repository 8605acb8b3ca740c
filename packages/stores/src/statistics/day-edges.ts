import { dayMs, dayStartMs, hourMs } from "@copilot-llm/model";
import { createLocalDate } from "./local-date.js";

export const halfHourMs = hourMs / 2;
const fiveMinutesMs = hourMs / 12;

/** In UTC, the hours within which a day begins in some time zone, at a quarter or half past. */
export const edgeHours: readonly number[] = [2, 3, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20];

/** So many days before today the first halves of those hours are known by five minutes, as today and yesterday are as a whole. */
const edgeKeptDays = 7;

export function edgesKeptFromMs(nowMs: number): number {
  return dayStartMs(nowMs) - edgeKeptDays * dayMs;
}

/** All of what is by five minutes is kept from then on. */
export function fineKeptFromMs(nowMs: number): number {
  return dayStartMs(nowMs) - dayMs;
}

/** The first half of an edge's hour among the 48 half hours of a day. */
export const edgeHalfHours: readonly number[] = edgeHours.map((hour) => 2 * hour);

/** A stretch of time. */
interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The times whose five minutes are not kept any more, but for those from before `edgesKeptFromMs`. */
export function listExpiredFine(nowMs: number): readonly TimeRange[] {
  const ranges: TimeRange[] = [];
  for (let startMs = edgesKeptFromMs(nowMs); startMs < fineKeptFromMs(nowMs); startMs += dayMs) {
    let fromMs = startMs;
    for (const hour of edgeHours) {
      ranges.push({ fromMs, toMs: startMs + hour * hourMs });
      fromMs = startMs + hour * hourMs + halfHourMs;
    }
    ranges.push({ fromMs, toMs: startMs + dayMs });
  }
  return ranges;
}

/** A day that begins within an hour, in its first half. */
export interface DayEdge {
  /** When the hour begins. */
  readonly hourMs: number;
  readonly startMs: number;
}

/** The edges of a zone's days within the range, in order; none where its days begin with whole hours. */
export function findDayEdges(timeZone: string, { fromMs, toMs }: TimeRange): readonly DayEdge[] {
  const dateOf = createLocalDate(timeZone);
  const edges: DayEdge[] = [];
  for (let atMs = Math.floor(fromMs / hourMs) * hourMs; atMs < toMs; atMs += hourMs) {
    const date = dateOf(atMs + halfHourMs);
    if (dateOf(atMs) === date) continue;
    let startMs = atMs;
    while (dateOf(startMs) !== date) startMs += fiveMinutesMs;
    edges.push({ hourMs: atMs, startMs });
  }
  return edges;
}
