"use client";

import type { CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ViewerNotice } from "#components/viewer-notice";
import { useApiKeys } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyRevealDialog } from "./key-reveal-dialog";
import { KeyTable } from "./key-table";

/** The managed keys. A new or rotated key lives here in clear until its dialog is closed, and nowhere else. */
export function KeysPage() {
  const t = useTranslations("keys");
  const [isCreating, setIsCreating] = useState(false);
  const [revealed, setRevealed] = useState<CreatedApiKey | null>(null);
  const { data, error, refetch } = useApiKeys();
  const isAdmin = useIsAdmin();
  const createButton = isAdmin && (
    <Button onClick={() => setIsCreating(true)}>
      <Plus aria-hidden />
      {t("create.open")}
    </Button>
  );
  const isEmpty = data?.keys.length === 0;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} action={!isEmpty && createButton} />
      <ViewerNotice />
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="mb-4" />}
      <Card hidden={data === undefined && error !== null}>
        {data === undefined && <ListSkeleton />}
        {isEmpty && (
          <EmptyState icon={KeyRound} title={t("empty.title")} action={createButton}>
            {t("empty.text")}
          </EmptyState>
        )}
        {data !== undefined && !isEmpty && <KeyTable keys={data.keys} onRotated={setRevealed} />}
      </Card>
      {isCreating && (
        <CreateKeyDialog
          onClose={() => setIsCreating(false)}
          onCreated={(created) => {
            setIsCreating(false);
            setRevealed(created);
          }}
        />
      )}
      {revealed !== null && <KeyRevealDialog created={revealed} onClose={() => setRevealed(null)} />}
    </>
  );
}
