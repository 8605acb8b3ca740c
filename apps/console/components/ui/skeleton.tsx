import { classNames } from "#lib/class-names";

/** A grey stand-in for content that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-md bg-line", className)} />;
}
