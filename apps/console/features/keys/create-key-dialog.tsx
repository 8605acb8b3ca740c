"use client";

import type { CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { KeyResponsibleUse } from "#components/responsible-use";
import { Dialog } from "#components/ui/dialog";
import { useCreateApiKey } from "#lib/api/use-api-keys";
import { KeyForm } from "./key-form";
import { createKeyFormValues } from "./key-settings";

interface CreateKeyDialogProps {
  onClose: () => void;
  onCreated: (created: CreatedApiKey) => void;
}

/** Creates a key and hands it on to be shown once. */
export function CreateKeyDialog({ onClose, onCreated }: CreateKeyDialogProps) {
  const t = useTranslations("keys");
  const create = useCreateApiKey();
  // Closing in the middle would lose the only sight of the key.
  const close = () => create.isPending || onClose();
  return (
    <Dialog isOpen onClose={close} title={t("create.title")} description={t("create.description")} size="large">
      <KeyForm
        initialValues={createKeyFormValues()}
        submitLabel={t("create.submit")}
        isBusy={create.isPending}
        error={create.error}
        onCancel={close}
        onSubmit={(settings) => create.mutate(settings, { onSuccess: onCreated })}
        notice={<KeyResponsibleUse />}
      />
    </Dialog>
  );
}
