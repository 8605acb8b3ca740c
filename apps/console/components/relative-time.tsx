import { useFormatter, useNow } from "use-intl";

interface RelativeTimeProps {
  /** ISO 8601. */
  time: string;
}

/** How far away a moment is, in words that keep up with the clock; the exact time on hover. */
export function RelativeTime({ time }: RelativeTimeProps) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 20_000 });
  const date = new Date(time);
  return (
    <time dateTime={time} title={format.dateTime(date, { dateStyle: "long", timeStyle: "medium" })}>
      {format.relativeTime(date, now)}
    </time>
  );
}
