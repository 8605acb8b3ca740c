"use client";

import { useTranslations } from "use-intl";
import { BulkActions } from "#components/data-table/bulk-actions";
import { type ApiKey, useBulkApiKeys } from "#lib/api/use-api-keys";

interface KeyBulkActionsProps {
  keys: readonly ApiKey[];
  onDone: () => void;
}

/** What can be done with several keys at once. */
export function KeyBulkActions({ keys, onDone }: KeyBulkActionsProps) {
  const t = useTranslations("keys.bulk");
  const bulk = useBulkApiKeys();
  return (
    <BulkActions
      rows={keys}
      verbs={["enable", "disable"] as const}
      run={async (action, ids) => {
        const { done, failed } = await bulk.mutateAsync({ action, ids: [...ids] });
        return { done, failed: failed.length };
      }}
      onDone={onDone}
      words={{
        verb: (verb) => t(verb),
        done: (verb, count) => t(`done.${verb}`, { count }),
        failed: (count) => t("failed", { count }),
        deleteTitle: (count) => t("deleteTitle", { count }),
        deleteText: <p>{t("deleteText")}</p>,
      }}
    />
  );
}
