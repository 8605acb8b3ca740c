"use client";

import { useTranslations } from "use-intl";
import { BulkActions } from "#components/data-table/bulk-actions";
import { runForEach } from "#lib/api/run-for-each";
import { type GithubToken, useBulkGithubTokens, useCheckGithubToken } from "#lib/api/use-github-tokens";
import { StrandedKeys } from "./stranded-keys";

interface TokenBulkActionsProps {
  tokens: readonly GithubToken[];
  onDone: () => void;
}

/** What can be done with several tokens at once. */
export function TokenBulkActions({ tokens, onDone }: TokenBulkActionsProps) {
  const t = useTranslations("tokens.bulk");
  const check = useCheckGithubToken();
  const bulk = useBulkGithubTokens();
  return (
    <BulkActions
      rows={tokens}
      verbs={["check", "enable", "disable"] as const}
      run={async (action, ids) => {
        if (action === "check") return await runForEach(ids, (id) => check.mutateAsync(id));
        const { done, failed } = await bulk.mutateAsync({ action, ids: [...ids] });
        return { done, failed: failed.length };
      }}
      onDone={(verb) => verb !== "check" && onDone()}
      words={{
        verb: (verb) => t(verb),
        done: (verb, count) => t(`done.${verb}`, { count }),
        failed: (count) => t("failed", { count }),
        deleteTitle: (count) => t("deleteTitle", { count }),
        deleteText: (
          <>
            <p>{t("deleteText")}</p>
            <StrandedKeys tokenIds={tokens.map(({ id }) => id)} />
          </>
        ),
      }}
    />
  );
}
