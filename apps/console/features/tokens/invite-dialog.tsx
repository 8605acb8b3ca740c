"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Notice } from "#components/notice";
import { PageMessages } from "#components/page-messages";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Input } from "#components/ui/input";
import { type NewInvite, useCreateInvite } from "#lib/api/use-invites";
import { InviteForm } from "./invite-form";

interface InviteDialogProps {
  onClose: () => void;
}

/** Invites somebody to bring their seat, and shows the link once. It lives here until the dialog is closed, and nowhere else. */
export function InviteDialog({ onClose }: InviteDialogProps) {
  const t = useTranslations("tokens.invite");
  const create = useCreateInvite();
  const [created, setCreated] = useState<NewInvite | null>(null);
  // Closing in the middle would lose the only sight of the link.
  const close = () => create.isPending || onClose();
  if (created !== null) return <InviteLink invite={created} onClose={onClose} />;
  return (
    // The fields of its key speak the words of the page of keys.
    <PageMessages part="keys">
      <Dialog isOpen onClose={close} title={t("title")} description={t("description")} size="large" asksBeforeDiscard>
        <InviteForm
          isBusy={create.isPending}
          error={create.error}
          onCancel={close}
          onSubmit={(body) => create.mutate(body, { onSuccess: setCreated })}
        />
      </Dialog>
    </PageMessages>
  );
}

/** The link, this once. */
function InviteLink({ invite: { name, link }, onClose }: { invite: NewInvite; onClose: () => void }) {
  const t = useTranslations("tokens.invite.created");
  return (
    <Dialog isOpen onClose={onClose} title={t("title", { name })} closesOnlyByButton size="large">
      <DialogBody>
        <Notice tone="warn">{t("once")}</Notice>
        <div className="flex gap-2">
          <Input
            readOnly
            aria-label={t("link")}
            value={link}
            className="font-mono"
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={link} label={t("copy")} withText className="min-w-24" />
        </div>
        <p className="text-small text-foreground-soft">{t("next")}</p>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </Dialog>
  );
}
