"use client";

import { Plus, Ticket } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ViewerNotice } from "#components/viewer-notice";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { AddTokenDialog } from "./add-token-dialog";
import { TokenTable } from "./token-table";

/** The pool's GitHub tokens. */
export function TokensPage() {
  const t = useTranslations("tokens");
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, refetch } = useGithubTokens();
  const isAdmin = useIsAdmin();
  const addButton = isAdmin && (
    <Button onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      {t("add.open")}
    </Button>
  );
  const isEmpty = data?.tokens.length === 0;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} action={!isEmpty && addButton} />
      <ViewerNotice />
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="mb-4" />}
      {data !== undefined && !isEmpty && (
        <p className="mb-3 text-[0.8125rem] text-foreground-soft">
          {t("summary", { active: data.active, total: data.total })}
        </p>
      )}
      <Card hidden={data === undefined && error !== null}>
        {data === undefined && <ListSkeleton />}
        {isEmpty && (
          <EmptyState icon={Ticket} title={t("empty.title")} action={addButton}>
            {t("empty.text")}
          </EmptyState>
        )}
        {data !== undefined && !isEmpty && <TokenTable tokens={data.tokens} />}
      </Card>
      <AddTokenDialog isOpen={isAdding} onClose={() => setIsAdding(false)} />
    </>
  );
}
