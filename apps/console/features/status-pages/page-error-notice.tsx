"use client";

import { CircleAlert } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { EmptyState } from "#components/empty-state";
import { PageTitle } from "#components/page-header";
import { Button } from "#components/ui/button";
import { useAuthStatus } from "#lib/api/use-auth";

interface PageErrorNoticeProps {
  error: Error;
  reset: () => void;
}

/** For a page that broke: the frame stays, and a report without any content of the page can be copied. */
export function PageErrorNotice({ error, reset }: PageErrorNoticeProps) {
  const t = useTranslations("errors");
  const { data: status } = useAuthStatus();
  const pathname = usePathname();
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
          <div className="flex gap-2">
            <Button onClick={reset}>{t("retry")}</Button>
            <CopyButton text={report} label={t("copyReport")} withText />
          </div>
        }
      >
        {t("pageText")}
      </EmptyState>
    </>
  );
}
