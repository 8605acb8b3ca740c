import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { leavePage } from "#lib/leave-guard";

/**
 * Opens a page of the console; unsaved changes ask first. Without a network it says that nothing can be opened, since
 * the browser would leave the console for a page of its own.
 */
export function useOpenPage(): (path: string) => void {
  const t = useTranslations("common");
  const router = useRouter();
  const showToast = useToast();
  return useCallback(
    (path: string) => {
      if (navigator.onLine) leavePage(() => router.push(path));
      else showToast("failed", t("keptOffline"));
    },
    [router, showToast, t],
  );
}
