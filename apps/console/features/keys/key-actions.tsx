"use client";

import type { ApiKeyView, CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { Ellipsis, Gauge, Pencil, RotateCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { useDeleteApiKey, useResetApiKeyUsage, useRotateApiKey, useUpdateApiKey } from "#lib/api/use-api-keys";
import { useErrorMessage } from "#lib/use-error-message";
import { EditKeyDialog } from "./edit-key-dialog";

interface KeyActionsProps {
  apiKey: ApiKeyView;
  onRotated: (rotated: CreatedApiKey) => void;
}

/** What can be done with one key. */
export function KeyActions({ apiKey, onRotated }: KeyActionsProps) {
  const t = useTranslations("keys");
  const { id, alias, enabled } = apiKey;
  const showToast = useToast();
  const errorMessage = useErrorMessage();
  const update = useUpdateApiKey();
  const rotate = useRotateApiKey();
  const reset = useResetApiKeyUsage();
  const remove = useDeleteApiKey(() => showToast("done", t("deletedToast", { alias })));
  const [dialog, setDialog] = useState<"edit" | "rotate" | "reset" | "delete" | null>(null);
  const closeDialog = () => {
    setDialog(null);
    for (const mutation of [rotate, reset, remove]) mutation.reset();
  };
  const toggle = () =>
    update.mutate(
      { id, body: { enabled: !enabled } },
      {
        onSuccess: () => showToast("done", t(enabled ? "disabledToast" : "enabledToast", { alias })),
        onError: (error) => showToast("failed", errorMessage(error)),
      },
    );
  return (
    <div className="flex items-center justify-end gap-1.5">
      <Switch isOn={enabled} label={t("actions.enabled", { alias })} disabled={update.isPending} onToggle={toggle} />
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t("actions.menu", { alias })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onAction={() => setDialog("edit")}>
          <Pencil aria-hidden />
          {t("actions.edit")}
        </MenuItem>
        <MenuItem onAction={() => setDialog("rotate")}>
          <RotateCw aria-hidden />
          {t("actions.rotate")}
        </MenuItem>
        <MenuItem onAction={() => setDialog("reset")}>
          <Gauge aria-hidden />
          {t("actions.reset")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem isDangerous onAction={() => setDialog("delete")}>
          <Trash2 aria-hidden />
          {t("actions.delete")}
        </MenuItem>
      </DropdownMenu>
      {dialog === "edit" && <EditKeyDialog apiKey={apiKey} onClose={closeDialog} />}
      <ConfirmDialog
        isOpen={dialog === "rotate"}
        onClose={closeDialog}
        title={t("rotate.title", { alias })}
        confirmLabel={t("rotate.confirm")}
        isDangerous
        isBusy={rotate.isPending}
        error={rotate.error}
        onConfirm={() =>
          rotate.mutate(id, {
            onSuccess: (rotated) => {
              closeDialog();
              onRotated(rotated);
            },
          })
        }
      >
        {t("rotate.text")}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={dialog === "reset"}
        onClose={closeDialog}
        title={t("reset.title", { alias })}
        confirmLabel={t("reset.confirm")}
        isBusy={reset.isPending}
        error={reset.error}
        onConfirm={() =>
          reset.mutate(id, {
            onSuccess: () => {
              closeDialog();
              showToast("done", t("resetToast", { alias }));
            },
          })
        }
      >
        {t("reset.text")}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onClose={closeDialog}
        title={t("delete.title", { alias })}
        confirmLabel={t("delete.confirm")}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(id)}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </div>
  );
}
