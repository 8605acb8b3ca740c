import { useCallback } from "react";
import { type DateTimeFormatOptions, useFormatter } from "use-intl";
import type { TimeBucket } from "./range";

type Looks = Readonly<Record<"short" | "long", DateTimeFormatOptions>>;

const clock: Looks = {
  short: { hour: "numeric", minute: "2-digit" },
  long: { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" },
};
const looks: Readonly<Record<TimeBucket, Looks>> = {
  "5m": clock,
  hour: clock,
  day: {
    short: { month: "short", day: "numeric" },
    long: { weekday: "short", year: "numeric", month: "short", day: "numeric" },
  },
  week: { short: { month: "short", day: "numeric" }, long: { year: "numeric", month: "short", day: "numeric" } },
  month: { short: { year: "numeric", month: "short" }, long: { year: "numeric", month: "long" } },
};

/** Words the beginning of a part of a span, short for an axis or long for a row. */
export function useBucketFormat(bucket: TimeBucket, timeZone: string): (ms: number, look: "short" | "long") => string {
  const format = useFormatter();
  return useCallback(
    (ms, look) => format.dateTime(new Date(ms), { ...looks[bucket][look], timeZone }),
    [format, bucket, timeZone],
  );
}
