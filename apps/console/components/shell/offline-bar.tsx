"use client";

import { WifiOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { useIsOnline } from "#lib/use-is-online";

/** Says that the browser has no network; what was loaded stays. */
export function OfflineBar() {
  const t = useTranslations("common");
  const isOnline = useIsOnline();
  if (isOnline) return null;
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-small text-warn">
      <WifiOff aria-hidden className="size-4" />
      {t("offline")}
    </div>
  );
}
