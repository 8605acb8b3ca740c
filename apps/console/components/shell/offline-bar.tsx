"use client";

import { WifiOff } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { useIsOnline } from "#lib/use-is-online";

/** Says that the browser has no network; what was loaded stays, and so does the page: no link leaves it meanwhile. */
export function OfflineBar() {
  const t = useTranslations("common");
  const isOnline = useIsOnline();
  const showToast = useToast();
  useEffect(() => {
    const keepPage = (event: MouseEvent) => {
      if (navigator.onLine || !leavesPage(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      showToast("failed", t("keptOffline"));
    };
    // From the start, so that it hears of a click before what asks about unsaved changes does.
    document.addEventListener("click", keepPage, { capture: true });
    return () => document.removeEventListener("click", keepPage, { capture: true });
  }, [showToast, t]);
  if (isOnline) return null;
  return (
    <div role="status" className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-small text-warn">
      <WifiOff aria-hidden className="size-4" />
      {t("offline")}
    </div>
  );
}

/** Whether a click opens another page of the console in this tab. */
function leavesPage(event: MouseEvent): boolean {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return false;
  if (link.target === "_blank" || link.hasAttribute("download") || link.origin !== window.location.origin) return false;
  return link.pathname !== window.location.pathname;
}
