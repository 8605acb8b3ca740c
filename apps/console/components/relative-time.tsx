import { useFormatter, useNow, useTranslations } from "use-intl";
import { dayMs, minuteMs } from "#lib/time-units";

interface TimeProps {
  /** ISO 8601. */
  time: string;
}

/** How far away a moment is, in words that keep up with the clock and without seconds; the exact time on hover. */
export function RelativeTime({ time }: TimeProps) {
  const t = useTranslations("common");
  const format = useFormatter();
  const now = useNow({ updateInterval: 20_000 });
  const date = new Date(time);
  const distanceMs = date.getTime() - now.getTime();
  // Weeks are too coarse for what is counted in days.
  const inDays = Math.abs(distanceMs) >= dayMs && Math.abs(distanceMs) < 31 * dayMs;
  const isNear = Math.abs(distanceMs) < minuteMs;
  return (
    <time dateTime={time} title={format.dateTime(date, { dateStyle: "long", timeStyle: "medium" })}>
      {isNear
        ? t(distanceMs > 0 ? "inAMoment" : "justNow")
        : format.relativeTime(date, inDays ? { now, unit: "day" } : { now })}
    </time>
  );
}

/** The day of a moment, with its year where that is another one; the exact time on hover. */
export function DayTime({ time }: TimeProps) {
  const format = useFormatter();
  const now = useNow();
  const date = new Date(time);
  const isThisYear = date.getFullYear() === now.getFullYear();
  return (
    <time dateTime={time} title={format.dateTime(date, { dateStyle: "long", timeStyle: "medium" })}>
      {format.dateTime(date, isThisYear ? { month: "short", day: "numeric" } : { dateStyle: "medium" })}
    </time>
  );
}

/** A moment to the second, for details. */
export function ExactTime({ time }: TimeProps) {
  const format = useFormatter();
  return <time dateTime={time}>{format.dateTime(new Date(time), { dateStyle: "medium", timeStyle: "medium" })}</time>;
}
