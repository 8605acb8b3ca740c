import { dayMs, dayStartMs, GatewayError } from "@copilot-llm/model";
import type {
  StatisticsBucket,
  StatisticsDimension,
  StatisticsGrouping,
  StatisticsQuery,
} from "../interfaces/statistics.js";
import { type CellDimension, type CellSpan, dimensions, spanCeilingMs, spanStartMs } from "./cell-place.js";

/** Cells of one span that begin at or after, and before. */
export interface Stretch {
  readonly span: CellSpan;
  readonly fromMs: number;
  readonly toMs: number;
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
  /** Before it cells are whole days. */
  readonly hourlyFromMs: number;
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
  return {
    dimension,
    isTurned: second !== undefined && groupBy === second,
    bucket: isBucket(bucket) ? bucket : null,
    timeZone,
    hourlyFromMs,
    stretches:
      timeZone === null
        ? planStretches(query, usable, { ...kept, hourlyFromMs })
        : planLocalStretches(query, hourlyFromMs),
  };
}

/** Days of another zone: hours as far back as there are any, and whole days before. */
function planLocalStretches({ fromMs, toMs }: StatisticsQuery, hourlyFromMs: number): Stretch[] {
  const whole = { fromMs: spanStartMs("hour", bounded(fromMs)), toMs: spanCeilingMs("hour", bounded(toMs)) };
  const hours = { span: "hour", fromMs: Math.max(whole.fromMs, hourlyFromMs), toMs: whole.toMs } as const;
  const daysToMs = Math.min(spanCeilingMs("day", whole.toMs), hourlyFromMs);
  const days = { span: "day", fromMs: dayStartMs(whole.fromMs), toMs: daysToMs } as const;
  return [days, hours].filter((stretch) => stretch.fromMs < stretch.toMs);
}

/** For the sum of everything in the range. */
export function planTotals(query: StatisticsQuery, { spans }: KeptCells): ReportPlan {
  const isFine = query.groupBy === "5m" || query.splitBy === "5m";
  const kept = { spans, hourlyFromMs: Number.NEGATIVE_INFINITY };
  const stretches = planStretches(query, usableSpans[isFine ? "5m" : "month"], kept);
  const { hourlyFromMs } = kept;
  return { dimension: "total", isTurned: false, bucket: null, timeZone: null, hourlyFromMs, stretches };
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

/** The range in as few cells as can be: the longest spans that lie in it, and shorter ones at its edges. */
function planStretches(
  { fromMs, toMs }: StatisticsQuery,
  wanted: readonly CellSpan[],
  { spans, hourlyFromMs }: KeptCells,
): Stretch[] {
  const usable = wanted.filter((span) => spans.includes(span));
  const [finest = "hour"] = usable;
  const whole = { fromMs: spanStartMs(finest, bounded(fromMs)), toMs: spanCeilingMs(finest, bounded(toMs)) };
  if (finest === "hour" && usable.length > 1 && whole.fromMs < hourlyFromMs) {
    whole.fromMs = dayStartMs(whole.fromMs);
    if (whole.toMs < hourlyFromMs) whole.toMs = dayStartMs(whole.toMs - 1) + dayMs;
  }
  return cover(whole.fromMs, whole.toMs, usable);
}

function cover(fromMs: number, toMs: number, usable: readonly CellSpan[]): Stretch[] {
  const span = usable.at(-1);
  if (span === undefined || fromMs >= toMs) return [];
  const firstMs = spanCeilingMs(span, fromMs);
  const endMs = spanStartMs(span, toMs);
  const shorter = usable.slice(0, -1);
  if (firstMs >= endMs) return cover(fromMs, toMs, shorter);
  return [...cover(fromMs, firstMs, shorter), { span, fromMs: firstMs, toMs: endMs }, ...cover(endMs, toMs, shorter)];
}
