"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Notice } from "#components/notice";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, SecretInput } from "#components/ui/input";
import { ApiError } from "#lib/api/api-error";
import { useAuthStatus, useSetup } from "#lib/api/use-auth";
import { minPasswordCharacters } from "#lib/min-password-characters";
import { checkPasswordStrength } from "./check-password-strength";
import { checkSetupForm, type SetupFormValues } from "./check-setup-form";

interface SetupFormProps {
  /** The code of the opened link; empty when the page was opened without one. */
  linkCode: string;
  onDone: () => void;
}

/** The first admin's name and password. The code is asked for when the link had none or a wrong one. */
export function SetupForm({ linkCode, onDone }: SetupFormProps) {
  const t = useTranslations("setup");
  const setup = useSetup();
  const { refetch: refetchStatus } = useAuthStatus();
  const [values, setValues] = useState<SetupFormValues>({
    setupCode: linkCode,
    username: "",
    password: "",
    confirmation: "",
  });
  const [isChecked, setIsChecked] = useState(false);
  const isCodeRefused = setup.error instanceof ApiError && (setup.error.status === 401 || setup.error.status === 403);
  const problems = checkSetupForm(values);
  const errorOf = (field: keyof SetupFormValues) => {
    const problem = isChecked ? problems[field] : undefined;
    return problem === undefined ? undefined : t(`problems.${problem}`, { count: minPasswordCharacters });
  };
  const inputProps = (field: keyof SetupFormValues) => ({
    name: field,
    value: values[field],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [field]: event.target.value }),
  });
  const submit = () => {
    setIsChecked(true);
    if (Object.keys(problems).length > 0) return;
    setup.mutate(
      { username: values.username.trim(), password: values.password, setup_code: values.setupCode.trim() },
      { onSuccess: onDone, onError: () => void refetchStatus() },
    );
  };
  return (
    <Form onSubmit={submit} isBusy={setup.isPending} className="flex flex-col gap-4">
      {linkCode === "" && (
        <Notice>
          <p className="font-medium">{t("codeMissingTitle")}</p>
          <p className="mt-1">{t("codeMissing")}</p>
          <p className="mt-1.5 font-mono text-label break-all">{`${window.location.origin}/setup?code=…`}</p>
        </Notice>
      )}
      {(linkCode === "" || isCodeRefused) && (
        <Field label={t("setupCode")} error={errorOf("setupCode")} hint={t("setupCodeHint")}>
          {(control) => (
            <Input
              {...control}
              {...inputProps("setupCode")}
              autoFocus={linkCode === ""}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
      )}
      <Field label={t("username")} error={errorOf("username")}>
        {(control) => (
          <Input
            {...control}
            {...inputProps("username")}
            autoFocus={linkCode !== ""}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label={t("password")}
        error={errorOf("password")}
        hint={t(`strength.${checkPasswordStrength(values.password)}`, { count: minPasswordCharacters })}
      >
        {(control) => <SecretInput {...control} {...inputProps("password")} autoComplete="new-password" />}
      </Field>
      <Field label={t("confirmation")} error={errorOf("confirmation")}>
        {(control) => <SecretInput {...control} {...inputProps("confirmation")} autoComplete="new-password" />}
      </Field>
      {setup.error !== null && <ErrorNotice error={setup.error} />}
      <Button type="submit" size="wide" isBusy={setup.isPending}>
        {t("submit")}
      </Button>
    </Form>
  );
}
