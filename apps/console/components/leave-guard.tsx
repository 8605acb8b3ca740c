"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { guardLeave } from "#lib/leave-guard";

/** While it is rendered, leaving the page asks whether what was changed on it may be lost. */
export function LeaveGuard() {
  const t = useTranslations("common.discard");
  const router = useRouter();
  const [leave, setLeave] = useState<{ now: () => void } | null>(null);
  useEffect(
    () =>
      guardLeave(
        (now) => setLeave({ now }),
        (path) => router.push(path),
      ),
    [router],
  );
  return (
    <ConfirmDialog
      isOpen={leave !== null}
      onClose={() => setLeave(null)}
      onConfirm={() => {
        setLeave(null);
        leave?.now();
      }}
      title={t("title")}
      confirmLabel={t("confirm")}
      cancelLabel={t("cancel")}
      isDangerous
      isBusy={false}
      error={null}
    >
      {t("text")}
    </ConfirmDialog>
  );
}
