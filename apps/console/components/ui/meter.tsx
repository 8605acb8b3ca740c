import { classNames } from "#lib/class-names";

interface MeterProps {
  used: number;
  limit: number;
  /** What is measured, with its value, for screen readers. */
  label: string;
  isThin?: boolean;
}

/** How much of a limit is used: calm at first, amber from 80 %, red when nothing is left. */
export function Meter({ used, limit, label, isThin = false }: MeterProps) {
  const share = limit <= 0 ? 1 : Math.min(Math.max(used / limit, 0), 1);
  const colour = share >= 1 ? "bg-bar-danger" : share >= 0.8 ? "bg-bar-warn" : "bg-bar";
  return (
    <div className={classNames("relative w-full overflow-hidden rounded-full bg-track", isThin ? "h-1" : "h-1.5")}>
      <meter
        className="sr-only"
        aria-label={label}
        min={0}
        max={Math.max(limit, 0)}
        value={Math.max(Math.min(used, limit), 0)}
      />
      <div className={classNames("h-full rounded-full", colour)} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
