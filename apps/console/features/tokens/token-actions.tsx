"use client";

import { Ban, Ellipsis, Pencil, RefreshCw, Replace, Trash2 } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { type GithubToken, useCheckGithubToken, useUpdateGithubToken } from "#lib/api/use-github-tokens";
import { createLazyPart } from "#lib/lazy-part";
import { useErrorSentence } from "#lib/use-error-message";
import type { TokenDialogProps } from "./token-dialog";

const TokenDialog = createLazyPart<TokenDialogProps>(async () => (await import("./token-dialog")).TokenDialog);

/** What can be done with one token. */
export function TokenActions({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens");
  const { id, alias, enabled } = token;
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const check = useCheckGithubToken();
  const { toggle, isPending } = useTokenToggle();
  const [dialog, setDialog] = useState<TokenDialogProps["kind"] | null>(null);
  const onError = (error: Error) => showToast("failed", errorSentence(error));
  return (
    <div className="flex items-center justify-end gap-1.5">
      <Switch
        isOn={enabled}
        label={t("actions.enabled", { alias })}
        isBusy={isPending}
        onToggle={() => toggle(token)}
      />
      <Menu
        entries={[
          {
            kind: "action",
            label: t("actions.check"),
            icon: RefreshCw,
            onAction: () =>
              check.mutate(id, { onSuccess: () => showToast("done", t("checkedToast", { alias })), onError }),
          },
          { kind: "action", label: t("actions.replace"), icon: Replace, onAction: () => setDialog("replace") },
          { kind: "action", label: t("actions.rename"), icon: Pencil, onAction: () => setDialog("rename") },
          {
            kind: "action",
            label: t(enabled ? "actions.disable" : "actions.enable"),
            icon: Ban,
            onAction: () => toggle(token),
          },
          { kind: "separator", id: "danger" },
          {
            kind: "action",
            label: t("actions.delete"),
            icon: Trash2,
            isDangerous: true,
            onAction: () => setDialog("delete"),
          },
        ]}
        trigger={(control) => (
          <Button
            {...control}
            variant="ghost"
            size="icon"
            aria-label={t("actions.menu", { alias })}
            isBusy={check.isPending}
          >
            {!check.isPending && <Ellipsis aria-hidden />}
          </Button>
        )}
      />
      {dialog !== null && (
        <Suspense>
          <TokenDialog kind={dialog} token={token} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </div>
  );
}

/** Takes a token in or out of the pool, with a way back. */
function useTokenToggle(): { toggle: (token: GithubToken) => void; isPending: boolean } {
  const t = useTranslations("tokens");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const update = useUpdateGithubToken();
  const onError = (error: Error) => showToast("failed", errorSentence(error));
  const set = ({ id, alias }: GithubToken, enabled: boolean, isUndo: boolean) =>
    update.mutate(
      { id, body: { enabled } },
      {
        onSuccess: (changed) =>
          showToast(
            "done",
            t(enabled ? "enabledToast" : "disabledToast", { alias }),
            isUndo ? {} : { action: { label: tCommon("undo"), onAction: () => set(changed, !enabled, true) } },
          ),
        onError,
      },
    );
  return { toggle: (token) => set(token, !token.enabled, false), isPending: update.isPending };
}
