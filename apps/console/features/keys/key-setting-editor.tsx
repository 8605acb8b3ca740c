import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Form } from "#components/ui/form";
import { useToast } from "#components/ui/toast";
import { type ApiKey, useUpdateApiKey } from "#lib/api/use-api-keys";
import { checkKeyPart, encodeKeyPart, type KeyPart } from "./key-parts";
import { KeySettingField } from "./key-setting-field";
import { createKeyFormValues, type KeyFormProblems } from "./key-settings";

export interface KeySettingEditorProps {
  part: KeyPart;
  apiKey: ApiKey;
  onClose: () => void;
}

/** One setting, changed in its place: Enter saves it, Escape leaves it as it was. */
export function KeySettingEditor({ part, apiKey, onClose }: KeySettingEditorProps) {
  const t = useTranslations("keys");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const [values, setValues] = useState(() => createKeyFormValues(apiKey));
  const [problems, setProblems] = useState<KeyFormProblems>({});
  const update = useUpdateApiKey();
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => editor.current?.querySelector<HTMLElement>("input, select, textarea")?.focus(), []);
  const save = () => {
    const found = checkKeyPart(part, values, Date.now());
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const saved = () => {
      showToast("done", t("savedToast", { alias: part === "alias" ? values.alias.trim() : apiKey.alias }));
      onClose();
    };
    update.mutate({ id: apiKey.id, body: encodeKeyPart(part, values) }, { onSuccess: saved });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape in any of the fields leaves them
    <div
      ref={editor}
      className="rounded-lg border bg-muted/50 p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        // Else it would close what the editor stands in.
        event.preventDefault();
        onClose();
      }}
    >
      <Form onSubmit={save} isBusy={update.isPending} className="flex flex-col gap-3">
        <KeySettingField
          part={part}
          values={values}
          problems={problems}
          onChange={(changed) => setValues((current) => ({ ...current, ...changed }))}
        />
        {update.error !== null && <ErrorNotice error={update.error} />}
        <div className="flex justify-end gap-2">
          <Button variant="secondary" size="small" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" size="small" isBusy={update.isPending}>
            {tCommon("save")}
          </Button>
        </div>
      </Form>
    </div>
  );
}
