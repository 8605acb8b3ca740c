"use client";

import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";
import { useLiveStatus } from "#lib/live/live-context";
import { useIsOnline } from "#lib/use-is-online";

/** Whether the page hears of changes as they happen. */
export function LiveDot({ className }: { className?: string }) {
  const t = useTranslations("live");
  const told = useLiveStatus();
  // Without a network nothing is heard, though the connection may not have noticed yet.
  const isOnline = useIsOnline();
  const status = isOnline || told === "paused" ? told : "reconnecting";
  return (
    <span
      role="status"
      title={t(`${status}Hint`)}
      className={classNames(
        "inline-flex items-center gap-1.5 text-label whitespace-nowrap text-foreground-soft",
        className,
      )}
    >
      <span
        aria-hidden
        className={classNames(
          "size-2 rounded-full",
          status === "live" ? "bg-ok" : status === "paused" ? "border border-foreground-soft" : "bg-bar-warn",
        )}
      />
      <span className="max-sm:sr-only">{t(status)}</span>
    </span>
  );
}
