"use client";

import type { ApiKeyView } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { Dialog } from "#components/ui/dialog";
import { useToast } from "#components/ui/toast";
import { useUpdateApiKey } from "#lib/api/use-api-keys";
import { KeyForm } from "./key-form";
import { createKeyFormValues } from "./key-settings";

interface EditKeyDialogProps {
  apiKey: ApiKeyView;
  onClose: () => void;
}

/** Changes the settings of a key; the key itself stays valid. */
export function EditKeyDialog({ apiKey, onClose }: EditKeyDialogProps) {
  const t = useTranslations("keys");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const update = useUpdateApiKey();
  return (
    <Dialog isOpen onClose={onClose} title={t("edit.title", { alias: apiKey.alias })} size="large">
      <KeyForm
        initialValues={createKeyFormValues(apiKey)}
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
