import { useFormatter, useNow } from "use-intl";

interface TimeProps {
  /** ISO 8601. */
  time: string;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** How far away a moment is, in words that keep up with the clock; the exact time on hover. */
export function RelativeTime({ time }: TimeProps) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 20_000 });
  const date = new Date(time);
  const distanceMs = Math.abs(date.getTime() - now.getTime());
  // Weeks are too coarse for what is counted in days.
  const inDays = distanceMs >= dayMs && distanceMs < 31 * dayMs;
  return (
    <time dateTime={time} title={format.dateTime(date, { dateStyle: "long", timeStyle: "medium" })}>
      {format.relativeTime(date, inDays ? { now, unit: "day" } : { now })}
    </time>
  );
}

/** The day of a moment; the exact time on hover. */
export function DayTime({ time }: TimeProps) {
  const format = useFormatter();
  const date = new Date(time);
  return (
    <time dateTime={time} title={format.dateTime(date, { dateStyle: "long", timeStyle: "medium" })}>
      {format.dateTime(date, { dateStyle: "medium" })}
    </time>
  );
}
