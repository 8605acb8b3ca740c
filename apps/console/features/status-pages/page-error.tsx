"use client";

import { CircleAlert } from "lucide-react";
import { usePathname } from "next/navigation";
import { Suspense } from "react";
import { useTranslations } from "use-intl";
import type { CopyButtonProps } from "#components/copy-button";
import { EmptyState } from "#components/empty-state";
import { PageTitle } from "#components/page-header";
import { Button } from "#components/ui/button";
import { useAuthStatus } from "#lib/api/use-auth";
import { createLazyPart } from "#lib/lazy-part";
import { useIsOnline } from "#lib/use-is-online";

/** Most pages have it already; where it cannot be fetched there is nothing to report but that. */
const CopyButton = createLazyPart<CopyButtonProps>(async () => (await import("#components/copy-button")).CopyButton, {
  standIn: () => null,
});

interface PageErrorProps {
  error: Error;
  reset: () => void;
}

/**
 * What stands in a page's place when it failed: the frame stays, and a report without any content of the page can be
 * copied. Its code comes with the first page, as code that cannot be fetched is one of the reasons.
 */
export function PageError({ error, reset }: PageErrorProps) {
  const t = useTranslations("errors");
  const tCommon = useTranslations("common");
  const { data: status } = useAuthStatus();
  const pathname = usePathname();
  const isOnline = useIsOnline();
  const isUnloaded = error.name === "ChunkLoadError";
  const report = [`Version ${status?.version ?? "?"}`, `Page ${pathname}`, `${error.name}: ${error.message}`].join(
    "\n",
  );
  return (
    <>
      <PageTitle title={t("pageTitle")} />
      <EmptyState
        icon={CircleAlert}
        title={t("pageTitle")}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {/* What React failed to fetch it does not fetch again. */}
            {isUnloaded ? (
              <Button isDisabled={!isOnline} onClick={() => window.location.reload()}>
                {tCommon("reload")}
              </Button>
            ) : (
              <Button onClick={reset}>{t("retry")}</Button>
            )}
            <Suspense>
              <CopyButton text={report} label={t("copyReport")} withText />
            </Suspense>
          </div>
        }
      >
        {t(isUnloaded ? "pageNotLoaded" : "pageText")}
      </EmptyState>
    </>
  );
}
