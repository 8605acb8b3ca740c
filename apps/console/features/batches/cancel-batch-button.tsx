import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { type Batch, useCancelBatch } from "#lib/api/use-batches";

/** Cancels what has not begun of a batch, after a question; nothing for one that has ended. */
export function CancelBatchButton({ batch: { id, owner, status, counts } }: { batch: Batch }) {
  const t = useTranslations("batches.cancel");
  const showToast = useToast();
  const cancel = useCancelBatch();
  const [isAsking, setIsAsking] = useState(false);
  if (status !== "in_progress" && status !== "validating") return null;
  return (
    <>
      <Button variant="outline" size="small" aria-label={t("open", { owner })} onClick={() => setIsAsking(true)}>
        {t("action")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={t("title", { owner })}
        confirmLabel={t("confirm")}
        cancelLabel={t("keep")}
        isDangerous
        isBusy={cancel.isPending}
        error={cancel.error}
        onConfirm={() =>
          cancel.mutate(id, {
            onSuccess: () => {
              setIsAsking(false);
              showToast("done", t("done"));
            },
          })
        }
      >
        {t("text", { count: counts.pending })}
      </ConfirmDialog>
    </>
  );
}
