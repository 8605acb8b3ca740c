import { dayMs, hourMs, minuteMs } from "./time-units";
import { createZonedCalendar, type ZonedCalendar } from "./zoned-calendar";

/** Spans of time that a page can show; `custom` takes its ends from the address. */
export const rangeNames = ["24h", "7d", "30d", "month", "prev-month", "custom"] as const;
export type RangeName = (typeof rangeNames)[number];

/** What a span can be shown by, as the gateway names it. */
export const timeBuckets = ["5m", "hour", "day", "week", "month"] as const;
export type TimeBucket = (typeof timeBuckets)[number];

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
  bucket: TimeBucket;
}

/** The gateway keeps them for so long. */
const fiveMinutesKeptMs = 2 * dayMs;
/** The longest span that is shown by each. */
const longestMs = { "5m": 6 * hourMs, hour: 3 * dayMs, day: 100 * dayMs, week: 730 * dayMs } as const;
/** More bars than this are not told apart. */
const mostBuckets = 400;
const shortestBucketMs = { "5m": hourMs / 12, hour: hourMs, day: dayMs, week: 7 * dayMs, month: 28 * dayMs } as const;

/** The ends of a chosen span. Spans up to now end at the running minute, so that a page does not ask anew all the time. */
export function resolveRange({ range, from, to }: RangeChoice, nowMs: number, timeZone: string): ResolvedRange {
  const nextMinuteMs = (Math.floor(nowMs / minuteMs) + 1) * minuteMs;
  const [fromMs, toMs] = endsOf({ range, from, to }, nextMinuteMs, createZonedCalendar(timeZone));
  const bucket = (["5m", "hour", "day", "week"] as const).find(
    (name) => toMs - fromMs <= longestMs[name] && canBeShownBy(name, { fromMs, toMs }, nowMs),
  );
  return { fromMs, toMs, bucket: bucket ?? "month" };
}

/** Whether the gateway has these parts of the span, and a chart has room for them. */
export function canBeShownBy(
  bucket: TimeBucket,
  { fromMs, toMs }: Pick<ResolvedRange, "fromMs" | "toMs">,
  nowMs: number,
): boolean {
  if (bucket === "5m" && fromMs < nowMs - fiveMinutesKeptMs) return false;
  return (toMs - fromMs) / shortestBucketMs[bucket] <= mostBuckets;
}

function endsOf({ range, from, to }: RangeChoice, nowMs: number, calendar: ZonedCalendar): readonly [number, number] {
  // What is given is an end: the minute behind the running one may be of the next day.
  const today = calendar.dateOf(nowMs - 1);
  const startOfMonth = (months: number) => calendar.startOf(monthOf(today, months));
  switch (range) {
    case "24h":
      return [nowMs - dayMs, nowMs];
    case "7d":
      return [calendar.startOf(today - 6 * dayMs), nowMs];
    case "30d":
      return [calendar.startOf(today - 29 * dayMs), nowMs];
    case "month":
      return [startOfMonth(0), nowMs];
    case "prev-month":
      return [startOfMonth(-1), startOfMonth(0)];
    case "custom": {
      const fromMs = from === null ? Number.NaN : Date.parse(from);
      const toMs = to === null ? nowMs : Date.parse(to);
      // An address that makes no sense shows the last day.
      return fromMs < toMs ? [fromMs, toMs] : [nowMs - dayMs, nowMs];
    }
  }
}

/** The first of a date's month, or of one so many months later. */
function monthOf(dateMs: number, months = 0): number {
  const date = new Date(dateMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months);
}

/** The span of the same length just before. */
export function previousRange({ fromMs, toMs, bucket }: ResolvedRange): ResolvedRange {
  return { fromMs: fromMs - (toMs - fromMs), toMs: fromMs, bucket };
}

export interface Bucket {
  /** As the gateway names it in its rows. */
  name: string;
  startMs: number;
  endMs: number;
  /** It has not ended yet: its figures will grow. */
  isRunning: boolean;
}

/** The parts of a span, none left out. Days, weeks and months are those of the zone; weeks begin on Monday. */
export function bucketsOf({ fromMs, toMs, bucket }: ResolvedRange, nowMs: number, timeZone: string): readonly Bucket[] {
  if (bucket === "5m" || bucket === "hour") return clockBuckets(fromMs, toMs, shortestBucketMs[bucket], nowMs);
  const calendar = createZonedCalendar(timeZone);
  const buckets: Bucket[] = [];
  let dateMs = firstDateOf(calendar.dateOf(fromMs), bucket);
  for (let startMs = calendar.startOf(dateMs); startMs < toMs; ) {
    const nextMs = nextDateOf(dateMs, bucket);
    const endMs = calendar.startOf(nextMs);
    const name = new Date(dateMs).toISOString().slice(0, bucket === "month" ? 7 : 10);
    buckets.push({ name, startMs, endMs, isRunning: startMs <= nowMs && nowMs < endMs });
    dateMs = nextMs;
    startMs = endMs;
  }
  return buckets;
}

function clockBuckets(fromMs: number, toMs: number, sizeMs: number, nowMs: number): readonly Bucket[] {
  const buckets: Bucket[] = [];
  for (let startMs = Math.floor(fromMs / sizeMs) * sizeMs; startMs < toMs; startMs += sizeMs) {
    const endMs = startMs + sizeMs;
    const name = new Date(startMs).toISOString();
    buckets.push({ name, startMs, endMs, isRunning: startMs <= nowMs && nowMs < endMs });
  }
  return buckets;
}

function firstDateOf(dateMs: number, bucket: "day" | "week" | "month"): number {
  if (bucket === "month") return monthOf(dateMs);
  return bucket === "week" ? dateMs - ((new Date(dateMs).getUTCDay() + 6) % 7) * dayMs : dateMs;
}

function nextDateOf(dateMs: number, bucket: "day" | "week" | "month"): number {
  return bucket === "month" ? monthOf(dateMs, 1) : dateMs + (bucket === "week" ? 7 : 1) * dayMs;
}
