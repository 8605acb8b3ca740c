"use client";

import { Copy, Ellipsis, Gauge, Pencil, RotateCw, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { preloadDialog } from "#components/ui/dialog";
import { Menu } from "#components/ui/menu";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { type ApiKey, useUpdateApiKey } from "#lib/api/use-api-keys";
import { createLazyPart } from "#lib/lazy-part";
import { useErrorSentence } from "#lib/use-error-message";
import type { KeyDialogProps } from "./key-dialog";

const KeyDialog = createLazyPart<KeyDialogProps>(async () => (await import("./key-dialog")).KeyDialog);

/** What can be done with one key. */
export function KeyActions({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("keys");
  const tCommon = useTranslations("common");
  const { id, alias, enabled } = apiKey;
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const update = useUpdateApiKey();
  const [dialog, setDialog] = useState<KeyDialogProps["kind"] | null>(null);
  const set = (isEnabled: boolean, isUndo: boolean) =>
    update.mutate(
      { id, body: { enabled: isEnabled } },
      {
        onSuccess: () =>
          showToast(
            "done",
            t(isEnabled ? "enabledToast" : "disabledToast", { alias }),
            isUndo ? {} : { action: { label: tCommon("undo"), onAction: () => set(!isEnabled, true) } },
          ),
        onError: (error) => showToast("failed", errorSentence(error)),
      },
    );
  const open = (kind: KeyDialogProps["kind"]) => () => setDialog(kind);
  return (
    <div className="flex items-center justify-end gap-1.5" onPointerEnter={preloadDialog}>
      <Switch
        isOn={enabled}
        label={t("actions.enabled", { alias })}
        isBusy={update.isPending}
        onToggle={() => set(!enabled, false)}
      />
      <Menu
        entries={[
          { kind: "action", label: t("actions.edit"), icon: Pencil, onAction: open("edit") },
          { kind: "action", label: t("actions.duplicate"), icon: Copy, onAction: open("duplicate") },
          { kind: "action", label: t("actions.rotate"), icon: RotateCw, onAction: open("rotate") },
          { kind: "action", label: t("actions.reset"), icon: Gauge, onAction: open("reset") },
          { kind: "separator", id: "danger" },
          { kind: "action", label: t("actions.delete"), icon: Trash2, isDangerous: true, onAction: open("delete") },
        ]}
        trigger={(control) => (
          <Button {...control} variant="ghost" size="icon" aria-label={t("actions.menu", { alias })}>
            <Ellipsis aria-hidden />
          </Button>
        )}
      />
      {dialog !== null && (
        <Suspense>
          <KeyDialog kind={dialog} apiKey={apiKey} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </div>
  );
}
