import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { useToast } from "#components/ui/toast";
import { useLeaveSeat } from "#lib/api/use-own-key";

interface OwnSeatProps {
  secret: string;
  /** The seat is out of the pool and the key has ended. */
  onLeft: () => void;
}

/** For whoever brought a seat by an invitation: how to leave. */
export function OwnSeat({ secret, onLeft }: OwnSeatProps) {
  const t = useTranslations("my.seat");
  const showToast = useToast();
  const [isAsked, setAsked] = useState(false);
  const leave = useLeaveSeat(secret);
  return (
    <Card>
      <CardHeader title={t("title")} />
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 pb-4">
        <p className="min-w-0 flex-1 basis-64 text-small text-foreground-soft">{t("text")}</p>
        <Button variant="dangerGhost" size="small" onClick={() => setAsked(true)}>
          {t("action")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t("question")}
        confirmLabel={t("action")}
        isDangerous
        isBusy={leave.isPending}
        error={leave.error}
        onConfirm={() =>
          leave.mutate(undefined, {
            onSuccess: () => {
              showToast("done", t("left"));
              onLeft();
            },
          })
        }
      >
        {t("confirmText")}
      </ConfirmDialog>
    </Card>
  );
}
