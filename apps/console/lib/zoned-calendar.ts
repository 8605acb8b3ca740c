import { dayMs } from "./time-units";

/** Dates of a time zone. A date is the midnight that it begins with in UTC, so that dates can be counted. */
export interface ZonedCalendar {
  /** The date of a moment. */
  dateOf(ms: number): number;
  /** When a date begins: where midnight is left out, at the first moment that there is. */
  startOf(dateMs: number): number;
}

/** The calendar of an IANA time zone, with its summer time. */
export function createZonedCalendar(timeZone: string): ZonedCalendar {
  if (timeZone === "UTC") return { dateOf: (ms) => Math.floor(ms / dayMs) * dayMs, startOf: (dateMs) => dateMs };
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  /** What a clock there shows, as if it were one of UTC. */
  const clockOf = (ms: number): number => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  };
  const dateOf = (ms: number): number => Math.floor(clockOf(ms) / dayMs) * dayMs;
  const startOf = (dateMs: number): number => {
    // Clocks change by hours: what holds half a day before and after holds at midnight too, the one or the other.
    const offsets = [-dayMs / 2, dayMs / 2].map((shift) => clockOf(dateMs + shift) - (dateMs + shift));
    const candidates = offsets.map((offset) => dateMs - offset).sort((one, other) => one - other);
    const starts = candidates.filter((ms) => clockOf(ms) === dateMs);
    // A midnight that comes twice begins the date the first time; one that is left out is an hour later by the clock.
    return starts[0] ?? candidates.find((ms) => dateOf(ms) === dateMs) ?? dateMs;
  };
  return { dateOf, startOf };
}
