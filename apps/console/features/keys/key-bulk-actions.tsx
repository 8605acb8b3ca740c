"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { type ApiKey, useBulkApiKeys } from "#lib/api/use-api-keys";
import { useErrorSentence } from "#lib/use-error-message";

interface KeyBulkActionsProps {
  keys: readonly ApiKey[];
  onDone: () => void;
}

type BulkVerb = "enable" | "disable" | "delete";

const typedProofFrom = 10;

/** What can be done with several keys at once. */
export function KeyBulkActions({ keys, onDone }: KeyBulkActionsProps) {
  const t = useTranslations("keys.bulk");
  const bulk = useBulkApiKeys();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const [running, setRunning] = useState<BulkVerb | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const run = (verb: BulkVerb) => {
    setRunning(verb);
    bulk.mutate(
      { action: verb, ids: keys.map(({ id }) => id) },
      {
        onSuccess: ({ done, failed }) => {
          if (failed.length === 0) showToast("done", t(`done.${verb}`, { count: done }));
          else showToast("failed", t("failed", { count: failed.length }));
          onDone();
        },
        onError: (error) => showToast("failed", errorSentence(error)),
        onSettled: () => {
          setRunning(null);
          setIsAsking(false);
        },
      },
    );
  };
  return (
    <>
      {(["enable", "disable"] as const).map((verb) => (
        <Button
          key={verb}
          variant="outline"
          size="small"
          isBusy={running === verb}
          isDisabled={running !== null}
          onClick={() => run(verb)}
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
        title={t("deleteTitle", { count: keys.length })}
        confirmLabel={t("delete")}
        isDangerous
        isBusy={running === "delete"}
        error={null}
        onConfirm={() => run("delete")}
        {...(keys.length > typedProofFrom ? { typedProof: String(keys.length) } : {})}
      >
        <p>{keys.map(({ alias }) => alias).join(", ")}</p>
        <p>{t("deleteText")}</p>
      </ConfirmDialog>
    </>
  );
}
