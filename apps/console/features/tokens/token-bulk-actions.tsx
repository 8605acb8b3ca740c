"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { runForEach } from "#lib/api/run-for-each";
import { type GithubToken, useBulkGithubTokens, useCheckGithubToken } from "#lib/api/use-github-tokens";
import { useErrorSentence } from "#lib/use-error-message";

interface TokenBulkActionsProps {
  tokens: readonly GithubToken[];
  onDone: () => void;
}

type BulkVerb = "check" | "enable" | "disable" | "delete";

const typedProofFrom = 10;

/** What can be done with several tokens at once. */
export function TokenBulkActions({ tokens, onDone }: TokenBulkActionsProps) {
  const t = useTranslations("tokens.bulk");
  const check = useCheckGithubToken();
  const bulk = useBulkGithubTokens();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const [running, setRunning] = useState<BulkVerb | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const run = async (verb: BulkVerb) => {
    setRunning(verb);
    try {
      const outcome =
        verb === "check"
          ? await runForEach(tokens, ({ id }) => check.mutateAsync(id))
          : await bulk.mutateAsync({ action: verb, ids: tokens.map(({ id }) => id) });
      const failed = Array.isArray(outcome.failed) ? outcome.failed.length : outcome.failed;
      if (failed === 0) showToast("done", t(`done.${verb}`, { count: outcome.done }));
      else showToast("failed", t("failed", { count: failed }));
      if (verb !== "check") onDone();
    } catch (error) {
      showToast("failed", errorSentence(error instanceof Error ? error : new Error(String(error))));
    } finally {
      setRunning(null);
      setIsAsking(false);
    }
  };
  return (
    <>
      {(["check", "enable", "disable"] as const).map((verb) => (
        <Button
          key={verb}
          variant="outline"
          size="small"
          isBusy={running === verb}
          isDisabled={running !== null}
          onClick={() => void run(verb)}
        >
          {t(verb)}
        </Button>
      ))}
      <Button variant="dangerGhost" size="small" isDisabled={running !== null} onClick={() => setIsAsking(true)}>
        {t("delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("deleteTitle", { count: tokens.length })}
        confirmLabel={t("delete")}
        isDangerous
        isBusy={running === "delete"}
        error={null}
        onConfirm={() => void run("delete")}
        {...(tokens.length > typedProofFrom ? { typedProof: String(tokens.length) } : {})}
      >
        <p>{tokens.map(({ alias }) => alias).join(", ")}</p>
        <p>{t("deleteText")}</p>
      </ConfirmDialog>
    </>
  );
}
