"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, TextArea } from "#components/ui/input";
import { type AddedGithubToken, useAddGithubToken } from "#lib/api/use-github-tokens";

interface AppInstallationFormProps {
  onClose: () => void;
  onAdded: (token: AddedGithubToken) => void;
}

const emptyValues = { alias: "", appId: "", installationId: "", privateKey: "" };

type Values = typeof emptyValues;

/** Adds a GitHub App installation, which the organisation is billed for, in four steps. */
export function AppInstallationForm({ onClose, onAdded }: AppInstallationFormProps) {
  const t = useTranslations("tokens.add");
  const tCommon = useTranslations("common");
  const add = useAddGithubToken();
  const [values, setValues] = useState<Values>(emptyValues);
  const [isChecked, setIsChecked] = useState(false);
  const errorOf = (field: keyof Values): string | undefined => {
    if (!isChecked) return undefined;
    const value = values[field].trim();
    if (value === "") return t("app.required");
    if (field === "installationId" && !/^\d{1,20}$/u.test(value)) return t("app.notANumber");
    if (field === "privateKey" && !value.includes("PRIVATE KEY")) return t("app.notAKey");
    return undefined;
  };
  const inputProps = (field: keyof Values) => ({
    name: field,
    autoComplete: "off",
    spellCheck: false,
    value: values[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  });
  const submit = () => {
    setIsChecked(true);
    const { alias, appId, installationId, privateKey } = values;
    const isComplete =
      [alias, appId].every((value) => value.trim() !== "") &&
      /^\d{1,20}$/u.test(installationId.trim()) &&
      privateKey.includes("PRIVATE KEY");
    if (!isComplete) return;
    add.mutate(
      {
        kind: "app_installation",
        alias: alias.trim(),
        app_id: appId.trim(),
        installation_id: installationId.trim(),
        private_key: privateKey.trim(),
      },
      { onSuccess: onAdded },
    );
  };
  return (
    <Form onSubmit={submit} isBusy={add.isPending} className="contents">
      <DialogBody>
        <ol className="flex list-decimal flex-col gap-1 pl-5 text-small text-foreground-soft">
          <li>{t("app.steps.create")}</li>
          <li>{t("app.steps.install")}</li>
          <li>{t("app.steps.key")}</li>
          <li>{t("app.steps.fill")}</li>
        </ol>
        <Field label={t("alias")} hint={t("app.aliasHint")} error={errorOf("alias")}>
          {(control) => <Input {...control} {...inputProps("alias")} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("app.appId")} hint={t("app.appIdHint")} error={errorOf("appId")}>
            {(control) => <Input {...control} {...inputProps("appId")} className="font-mono" />}
          </Field>
          <Field label={t("app.installationId")} hint={t("app.installationIdHint")} error={errorOf("installationId")}>
            {(control) => (
              <Input {...control} {...inputProps("installationId")} inputMode="numeric" className="font-mono" />
            )}
          </Field>
        </div>
        <Field label={t("app.privateKey")} hint={t("tokenHint")} error={errorOf("privateKey")}>
          {(control) => (
            <TextArea
              {...control}
              {...inputProps("privateKey")}
              rows={4}
              placeholder="-----BEGIN RSA PRIVATE KEY-----"
              className="font-mono"
            />
          )}
        </Field>
        {add.error !== null && <ErrorNotice error={add.error} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={add.isPending}>
          {t("submit")}
        </Button>
      </DialogFooter>
    </Form>
  );
}
