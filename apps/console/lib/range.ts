/** Spans of time that a page can show; `custom` takes its ends from the address. */
export const rangeNames = ["24h", "7d", "30d", "month", "prev-month", "custom"] as const;
export type RangeName = (typeof rangeNames)[number];

export interface RangeChoice {
  range: RangeName;
  /** ISO 8601; only for `custom`. */
  from: string | null;
  to: string | null;
}

/** A span with its ends, and what its parts are. */
export interface ResolvedRange {
  fromMs: number;
  toMs: number;
  bucket: "hour" | "day";
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** Up to so long a span is shown by the hour. */
const longestByHourMs = 3 * dayMs;

/** The ends of a chosen span. Spans up to now end at the running minute, so that a page does not ask anew all the time. */
export function resolveRange({ range, from, to }: RangeChoice, nowMs: number, isUtc: boolean): ResolvedRange {
  const minuteMs = Math.ceil(nowMs / 60_000) * 60_000;
  const [fromMs, toMs] = endsOf(range, from, to, minuteMs, isUtc);
  return { fromMs, toMs, bucket: toMs - fromMs <= longestByHourMs ? "hour" : "day" };
}

function endsOf(
  range: RangeName,
  from: string | null,
  to: string | null,
  nowMs: number,
  isUtc: boolean,
): readonly [number, number] {
  switch (range) {
    case "24h":
      return [nowMs - dayMs, nowMs];
    case "7d":
      return [startOfDayMs(nowMs, isUtc, -6), nowMs];
    case "30d":
      return [startOfDayMs(nowMs, isUtc, -29), nowMs];
    case "month":
      return [startOfMonthMs(nowMs, isUtc, 0), nowMs];
    case "prev-month":
      return [startOfMonthMs(nowMs, isUtc, -1), startOfMonthMs(nowMs, isUtc, 0)];
    case "custom": {
      const fromMs = from === null ? Number.NaN : Date.parse(from);
      const toMs = to === null ? nowMs : Date.parse(to);
      // An address that makes no sense shows the last day.
      return fromMs < toMs ? [fromMs, toMs] : [nowMs - dayMs, nowMs];
    }
  }
}

export function startOfDayMs(ms: number, isUtc: boolean, days = 0): number {
  const date = new Date(ms);
  return isUtc
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days)
    : new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function startOfMonthMs(ms: number, isUtc: boolean, months: number): number {
  const date = new Date(ms);
  return isUtc
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months)
    : new Date(date.getFullYear(), date.getMonth() + months).getTime();
}

/** The span of the same length just before. */
export function previousRange({ fromMs, toMs, bucket }: ResolvedRange): ResolvedRange {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, bucket };
}

export interface Bucket {
  startMs: number;
  endMs: number;
  /** It has not ended yet: its figures will grow. */
  isRunning: boolean;
}

/** The parts of a span, none left out. Hours and days are those of UTC, as the gateway counts them. */
export function bucketsOf({ fromMs, toMs, bucket }: ResolvedRange, nowMs: number): readonly Bucket[] {
  const sizeMs = bucket === "hour" ? hourMs : dayMs;
  const buckets: Bucket[] = [];
  for (let startMs = Math.floor(fromMs / sizeMs) * sizeMs; startMs < toMs; startMs += sizeMs) {
    const endMs = startMs + sizeMs;
    buckets.push({ startMs, endMs, isRunning: startMs <= nowMs && nowMs < endMs });
  }
  return buckets;
}
