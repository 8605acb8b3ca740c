import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Segmented } from "#components/ui/segmented";
import { type ApiKey, type CreatedKey, useRotateApiKey } from "#lib/api/use-api-keys";
import { dayMs, hourMs } from "#lib/time-units";
import { KeyRevealDialog } from "./key-reveal-dialog";

/** How long the old secret can go on beside the new one; the gateway allows 30 days. */
const overlaps = { none: 0, hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const;
type Overlap = keyof typeof overlaps;
const overlapNames = Object.keys(overlaps) as Overlap[];

interface RotateKeyDialogProps {
  apiKey: ApiKey;
  onClose: () => void;
}

/** Gives a key a new secret; the old one can work on for a while, so that clients follow one after the other. */
export function RotateKeyDialog({ apiKey: { id, alias }, onClose }: RotateKeyDialogProps) {
  const t = useTranslations("keys.rotate");
  const format = useFormatter();
  const rotate = useRotateApiKey();
  const [overlap, setOverlap] = useState<Overlap>("none");
  const [rotated, setRotated] = useState<CreatedKey | null>(null);
  if (rotated !== null) return <KeyRevealDialog created={rotated} onClose={onClose} />;
  const endOf = (name: Overlap) => new Date(Date.now() + overlaps[name]);
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("title", { alias })}
      confirmLabel={t("confirm")}
      isDangerous={overlap === "none"}
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={() =>
        rotate.mutate(
          { id, overlapUntil: overlap === "none" ? null : endOf(overlap).toISOString() },
          { onSuccess: setRotated },
        )
      }
    >
      <p>{t("text")}</p>
      <div className="flex flex-col gap-1.5">
        <span className="text-small font-medium text-foreground">{t("overlap")}</span>
        <Segmented
          label={t("overlap")}
          value={overlap}
          options={overlapNames.map((value) => ({ value, label: t(`overlaps.${value}`) }))}
          onChange={setOverlap}
          className="self-start max-w-full overflow-x-auto"
        />
        <span role="status" className="text-small">
          {overlap === "none"
            ? t("stopsAtOnce")
            : t("worksUntil", { time: format.dateTime(endOf(overlap), { dateStyle: "medium", timeStyle: "short" }) })}
        </span>
      </div>
    </ConfirmDialog>
  );
}
