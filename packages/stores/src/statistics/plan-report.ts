import { dayMs, dayStartMs, GatewayError, hourMs } from "@copilot-llm/model";
import type {
  StatisticsBucket,
  StatisticsDimension,
  StatisticsGrouping,
  StatisticsQuery,
} from "../interfaces/statistics.js";
import { type CellDimension, type CellSpan, dimensions, spanCeilingMs, spanStartMs } from "./cell-place.js";
import { type DayEdge, edgesKeptFromMs, findDayEdges, fineKeptFromMs } from "./day-edges.js";

/** Cells of one span that begin at or after, and before. */
export interface Stretch {
  readonly span: CellSpan;
  readonly fromMs: number;
  readonly toMs: number;
  /** -1: they are part of an hour that counts elsewhere, and are taken off it. */
  readonly sign: 1 | -1;
  /** How long after its beginning a cell has the date to which it counts. */
  readonly datedAfterMs: number;
}

/** Which cells make up a report's rows. */
export interface ReportPlan {
  readonly dimension: CellDimension;
  /** Where the dimension is a pair: the report's groups are the cells' splits. */
  readonly isTurned: boolean;
  /** What rows are by time; null when they are not. */
  readonly bucket: StatisticsBucket | null;
  /** Whose days, weeks and months the rows are of; null: those of UTC, or rows are of none. */
  readonly timeZone: string | null;
  readonly stretches: readonly Stretch[];
}

/** The spans from which rows of each size of time can be made, the longest last. */
const usableSpans: Readonly<Record<StatisticsBucket, readonly CellSpan[]>> = {
  "5m": ["5m"],
  hour: ["hour"],
  day: ["hour", "day"],
  week: ["hour", "day"],
  month: ["hour", "day", "month"],
};

/** Which cells a backend has. */
export interface KeptCells {
  readonly spans: readonly CellSpan[];
  /** From then on cells of dimensions are there by the hour; before it there are whole days. */
  readonly hourlyFromMs: number;
  readonly nowMs: number;
}

export function planRows(query: StatisticsQuery, kept: KeptCells): ReportPlan {
  const { groupBy, splitBy } = query;
  const parts = [groupBy, ...(splitBy === undefined ? [] : [splitBy])];
  const found = parts.filter(isDimension);
  const bucket = parts.find((part) => !isDimension(part)) ?? null;
  if (new Set(parts).size < parts.length || (parts.length === 2 && found.length === 0)) {
    throw new GatewayError("invalid_request", "Rows can be split by another dimension, or by time.", {
      param: "split_by",
    });
  }
  const [first, second] = dimensions.filter((dimension) => found.includes(dimension));
  const dimension = first === undefined ? "total" : second === undefined ? first : (`${first} ${second}` as const);
  const hourlyFromMs = dimension === "total" ? Number.NEGATIVE_INFINITY : kept.hourlyFromMs;
  const timeZone = isBucket(bucket) && bucket !== "5m" && bucket !== "hour" ? (query.timeZone ?? null) : null;
  const usable = usableSpans[isBucket(bucket) ? bucket : "month"];
  // Of two dimensions five minutes are not kept.
  const edges = second === undefined ? listEdges(query, kept) : [];
  return {
    dimension,
    isTurned: second !== undefined && groupBy === second,
    bucket: isBucket(bucket) ? bucket : null,
    timeZone,
    stretches:
      timeZone === null
        ? planStretches(query, usable, { ...kept, hourlyFromMs }, edges)
        : planLocalStretches(query, hourlyFromMs, edges),
  };
}

/** For the sum of everything in the range. */
export function planTotals(query: StatisticsQuery, kept: KeptCells): ReportPlan {
  const usable = usableSpans[isFine(query) ? "5m" : "month"];
  const everHourly = { ...kept, hourlyFromMs: Number.NEGATIVE_INFINITY };
  const stretches = planStretches(query, usable, everHourly, listEdges(query, kept));
  return { dimension: "total", isTurned: false, bucket: null, timeZone: null, stretches };
}

function isFine({ groupBy, splitBy }: StatisticsQuery): boolean {
  return groupBy === "5m" || splitBy === "5m";
}

/** Where the zone's days begin within an hour whose parts are known. Rows of hours are those of UTC, and whole. */
function listEdges(query: StatisticsQuery, { nowMs }: KeptCells): readonly DayEdge[] {
  const { timeZone, fromMs, toMs, groupBy, splitBy } = query;
  if (timeZone === undefined || isFine(query) || groupBy === "hour" || splitBy === "hour") return [];
  return findDayEdges(timeZone, {
    fromMs: Math.max(bounded(fromMs), edgesKeptFromMs(nowMs)),
    toMs: Math.min(bounded(toMs), nowMs + hourMs),
  });
}

/**
 * Days of another zone: hours as far back as there are any, and whole days before. An hour counts to the day that its
 * second half is in; where its first half is of the day before and is known apart, that is moved there.
 */
function planLocalStretches(
  query: StatisticsQuery,
  hourlyFromMs: number,
  edges: readonly DayEdge[],
): readonly Stretch[] {
  const fromMs = spanStartMs("hour", bounded(query.fromMs));
  const toMs = spanCeilingMs("hour", bounded(query.toMs));
  const daysToMs = Math.min(spanCeilingMs("day", toMs), hourlyFromMs);
  const stretches: Stretch[] = [localDays(dayStartMs(fromMs), daysToMs)];
  let nextMs = Math.max(fromMs, hourlyFromMs);
  for (const edge of edges) {
    stretches.push(localHours(nextMs, edge.hourMs));
    if (query.fromMs < edge.startMs) stretches.push(beforeEdge(edge, 1));
    nextMs = edge.hourMs;
    if (query.toMs <= edge.startMs) return withoutEmpty(stretches);
    stretches.push(localHours(nextMs, nextMs + hourMs), beforeEdge(edge, -1));
    nextMs += hourMs;
  }
  return withoutEmpty([...stretches, localHours(nextMs, toMs)]);
}

function localDays(fromMs: number, toMs: number): Stretch {
  return { span: "day", fromMs, toMs, sign: 1, datedAfterMs: dayMs / 2 };
}

function localHours(fromMs: number, toMs: number): Stretch {
  return { span: "hour", fromMs, toMs, sign: 1, datedAfterMs: hourMs / 2 };
}

/** What an edge's hour had before it: of the day that ends there, or taken off the one that begins. */
function beforeEdge({ hourMs: fromMs, startMs: toMs }: DayEdge, sign: 1 | -1): Stretch {
  return { span: "5m", fromMs, toMs, sign, datedAfterMs: sign === 1 ? 0 : hourMs };
}

function withoutEmpty(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.filter(({ fromMs, toMs }) => fromMs < toMs);
}

function isDimension(grouping: StatisticsGrouping): grouping is StatisticsDimension {
  return dimensions.some((dimension) => dimension === grouping);
}

function isBucket(grouping: StatisticsGrouping | null): grouping is StatisticsBucket {
  return grouping !== null && !isDimension(grouping);
}

/** Beyond it there are no dates. */
const latestMs = Date.UTC(9999, 0, 1);

function bounded(atMs: number): number {
  return Math.min(Math.max(atMs, 0), latestMs);
}

/**
 * The range in as few cells as can be: the longest spans that lie in it, and shorter ones at its ends. An end that is
 * within an edge's hour is that edge, not the whole hour.
 */
function planStretches(
  { fromMs, toMs }: StatisticsQuery,
  wanted: readonly CellSpan[],
  { spans, hourlyFromMs, nowMs }: KeptCells,
  edges: readonly DayEdge[],
): readonly Stretch[] {
  const usable = wanted.filter((span) => spans.includes(span));
  const [finest = "hour"] = usable;
  const whole = { fromMs: spanStartMs(finest, bounded(fromMs)), toMs: spanCeilingMs(finest, bounded(toMs)) };
  // Of what is older a part may be left.
  if (finest === "5m") whole.fromMs = Math.max(whole.fromMs, fineKeptFromMs(nowMs));
  if (finest === "hour" && usable.length > 1 && whole.fromMs < hourlyFromMs) {
    whole.fromMs = dayStartMs(whole.fromMs);
    if (whole.toMs < hourlyFromMs) whole.toMs = dayStartMs(whole.toMs - 1) + dayMs;
  }
  const first = edges.find((edge) => edge.hourMs === whole.fromMs && fromMs >= edge.startMs);
  const last = edges.find((edge) => edge.hourMs === whole.toMs - hourMs && toMs <= edge.startMs);
  return [
    ...cover(whole.fromMs, last === undefined ? whole.toMs : last.hourMs, usable),
    ...(first === undefined ? [] : [beforeEdge(first, -1)]),
    ...(last === undefined ? [] : [beforeEdge(last, 1)]),
  ];
}

function cover(fromMs: number, toMs: number, usable: readonly CellSpan[]): Stretch[] {
  const span = usable.at(-1);
  if (span === undefined || fromMs >= toMs) return [];
  const firstMs = spanCeilingMs(span, fromMs);
  const endMs = spanStartMs(span, toMs);
  const shorter = usable.slice(0, -1);
  if (firstMs >= endMs) return cover(fromMs, toMs, shorter);
  const longest: Stretch = { span, fromMs: firstMs, toMs: endMs, sign: 1, datedAfterMs: 0 };
  return [...cover(fromMs, firstMs, shorter), longest, ...cover(endMs, toMs, shorter)];
}
