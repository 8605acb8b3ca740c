"use client";

import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { PageHeader } from "#components/page-header";
import { Skeleton } from "#components/ui/skeleton";
import { useApiKeys } from "#lib/api/use-api-keys";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { FirstSteps } from "./first-steps";
import { OverviewFigures } from "./overview-figures";

/** The state of the gateway at a glance, and what to do next. */
export function OverviewPage() {
  const t = useTranslations("overview");
  const tokens = useGithubTokens();
  const keys = useApiKeys();
  const failed = tokens.error !== null ? tokens : keys.error !== null ? keys : null;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {failed?.error != null && (
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} className="mb-4" />
      )}
      {tokens.data !== undefined && keys.data !== undefined ? (
        <div className="flex flex-col gap-6">
          <OverviewFigures tokens={tokens.data} keys={keys.data.keys} />
          <FirstSteps tokens={tokens.data} keys={keys.data.keys} />
        </div>
      ) : (
        failed === null && <OverviewSkeleton />
      )}
    </>
  );
}

function OverviewSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-28 rounded-xl" />
      <Skeleton className="h-28 rounded-xl" />
    </div>
  );
}
