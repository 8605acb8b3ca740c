"use client";

import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { useCheckGithubToken, useDeleteGithubToken, useToggleGithubToken } from "#lib/api/use-github-tokens";
import { useErrorMessage } from "#lib/use-error-message";
import { RenameTokenDialog } from "./rename-token-dialog";

/** What can be done with one token. */
export function TokenActions({ token }: { token: GithubTokenView }) {
  const t = useTranslations("tokens");
  const { alias } = token;
  const showToast = useToast();
  const errorMessage = useErrorMessage();
  const toggle = useToggleGithubToken();
  const check = useCheckGithubToken();
  const remove = useDeleteGithubToken(() => showToast("done", t("deletedToast", { alias })));
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const closeDialog = () => {
    setDialog(null);
    remove.reset();
  };
  const onError = (error: Error) => showToast("failed", errorMessage(error));
  return (
    <div className="flex items-center justify-end gap-1.5">
      <Switch
        isOn={token.enabled}
        label={t("actions.enabled", { alias })}
        disabled={toggle.isPending}
        onToggle={() =>
          toggle.mutate(token.id, {
            onSuccess: () => showToast("done", t(token.enabled ? "disabledToast" : "enabledToast", { alias })),
            onError,
          })
        }
      />
      <DropdownMenu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t("actions.menu", { alias })} isBusy={check.isPending}>
            {!check.isPending && <Ellipsis aria-hidden />}
          </Button>
        }
      >
        <MenuItem
          onAction={() =>
            check.mutate(token.id, { onSuccess: () => showToast("done", t("checkedToast", { alias })), onError })
          }
        >
          <RefreshCw aria-hidden />
          {t("actions.check")}
        </MenuItem>
        <MenuItem onAction={() => setDialog("rename")}>
          <Pencil aria-hidden />
          {t("actions.rename")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem isDangerous onAction={() => setDialog("delete")}>
          <Trash2 aria-hidden />
          {t("actions.delete")}
        </MenuItem>
      </DropdownMenu>
      {dialog === "rename" && <RenameTokenDialog token={token} onClose={closeDialog} />}
      <ConfirmDialog
        isOpen={dialog === "delete"}
        onClose={closeDialog}
        title={t("delete.title", { alias })}
        confirmLabel={t("delete.confirm")}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(token.id)}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </div>
  );
}
