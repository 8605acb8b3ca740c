import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { DeleteDialog } from "#components/delete-dialog";
import { KeyResponsibleUse } from "#components/responsible-use";
import { Dialog } from "#components/ui/dialog";
import { useToast } from "#components/ui/toast";
import {
  type ApiKey,
  type CreatedKey,
  useCreateApiKey,
  useDeleteApiKey,
  useResetApiKeyUsage,
  useUpdateApiKey,
} from "#lib/api/use-api-keys";
import { KeyForm } from "./key-form";
import { KeyRevealDialog } from "./key-reveal-dialog";
import { createKeyFormValues } from "./key-settings";
import { RotateKeyDialog } from "./rotate-key-dialog";

export interface KeyDialogProps {
  kind: "edit" | "duplicate" | "rotate" | "reset" | "delete";
  apiKey: ApiKey;
  onClose: () => void;
}

/** The dialogs about one key. */
export function KeyDialog({ kind, ...props }: KeyDialogProps) {
  switch (kind) {
    case "edit":
      return <EditKeyDialog {...props} />;
    case "duplicate":
      return <CreateKeyDialog template={props.apiKey} onClose={props.onClose} />;
    case "rotate":
      return <RotateKeyDialog {...props} />;
    case "reset":
      return <ResetKeyDialog {...props} />;
    case "delete":
      return <DeleteKeyDialog {...props} />;
  }
}

type OneKeyProps = Omit<KeyDialogProps, "kind">;

interface CreateKeyDialogProps {
  /** A key whose settings the new one begins with. */
  template?: ApiKey;
  onClose: () => void;
}

/** Creates a key and shows it once. A new key lives here in clear until its dialog is closed, and nowhere else. */
export function CreateKeyDialog({ template, onClose }: CreateKeyDialogProps) {
  const t = useTranslations("keys");
  const create = useCreateApiKey();
  const [created, setCreated] = useState<CreatedKey | null>(null);
  // Closing in the middle would lose the only sight of the key.
  const close = () => create.isPending || onClose();
  if (created !== null) return <KeyRevealDialog created={created} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t("create.title")}
      description={t("create.description")}
      size="large"
      asksBeforeDiscard
    >
      <KeyForm
        initialValues={
          template === undefined
            ? createKeyFormValues()
            : { ...createKeyFormValues(template), alias: t("duplicateOf", { alias: template.alias }) }
        }
        isNew={template === undefined}
        submitLabel={t("create.submit")}
        isBusy={create.isPending}
        error={create.error}
        onCancel={close}
        onSubmit={(settings) => create.mutate(settings, { onSuccess: setCreated })}
        notice={<KeyResponsibleUse />}
      />
    </Dialog>
  );
}

/** Changes the settings of a key; the key itself stays valid. */
function EditKeyDialog({ apiKey, onClose }: OneKeyProps) {
  const t = useTranslations("keys");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const update = useUpdateApiKey();
  return (
    <Dialog isOpen onClose={onClose} title={t("edit.title", { alias: apiKey.alias })} size="large" asksBeforeDiscard>
      <KeyForm
        initialValues={createKeyFormValues(apiKey)}
        isNew={false}
        submitLabel={tCommon("save")}
        isBusy={update.isPending}
        error={update.error}
        onCancel={onClose}
        onSubmit={(settings) =>
          update.mutate(
            { id: apiKey.id, body: settings },
            {
              onSuccess: () => {
                showToast("done", t("savedToast", { alias: settings.alias }));
                onClose();
              },
            },
          )
        }
      />
    </Dialog>
  );
}

function ResetKeyDialog({ apiKey: { id, alias }, onClose }: OneKeyProps) {
  const t = useTranslations("keys");
  const showToast = useToast();
  const reset = useResetApiKeyUsage();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("reset.title", { alias })}
      confirmLabel={t("reset.confirm")}
      isBusy={reset.isPending}
      error={reset.error}
      onConfirm={() =>
        reset.mutate(id, {
          onSuccess: () => {
            onClose();
            showToast("done", t("resetToast", { alias }));
          },
        })
      }
    >
      {t("reset.text")}
    </ConfirmDialog>
  );
}

function DeleteKeyDialog({ apiKey: { id, alias }, onClose }: OneKeyProps) {
  const t = useTranslations("keys");
  return (
    <DeleteDialog
      id={id}
      useDelete={useDeleteApiKey}
      title={t("delete.title", { alias })}
      confirmLabel={t("delete.confirm")}
      doneText={t("deletedToast", { alias })}
      onClose={onClose}
    >
      {t("delete.text")}
    </DeleteDialog>
  );
}
