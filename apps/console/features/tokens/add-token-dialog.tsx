"use client";

import { useTranslations } from "use-intl";
import { Dialog } from "#components/ui/dialog";
import { AddTokenForm } from "./add-token-form";

interface AddTokenDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Adds a token by pasting it. The form starts empty each time, so a pasted token is not kept. */
export function AddTokenDialog({ isOpen, onClose }: AddTokenDialogProps) {
  const t = useTranslations("tokens");
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t("add.title")} description={t("add.description")}>
      <AddTokenForm onClose={onClose} />
    </Dialog>
  );
}
