"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, SecretInput } from "#components/ui/input";
import { useLogin } from "#lib/api/use-auth";

/** Username and password. What follows a login is the page's business. */
export function LoginForm() {
  const t = useTranslations("login");
  const login = useLogin();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const missing = (value: string) => (isChecked && value === "" ? t("required") : undefined);
  const submit = () => {
    setIsChecked(true);
    if (username.trim() === "" || password === "") return;
    login.mutate({ username: username.trim(), password });
  };
  return (
    <Form onSubmit={submit} isBusy={login.isPending} className="flex flex-col gap-4">
      <Field label={t("username")} error={missing(username.trim())}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("password")} error={missing(password)}>
        {(control) => (
          <SecretInput
            {...control}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {login.error !== null && <ErrorNotice error={login.error} />}
      <Button type="submit" size="wide" isBusy={login.isPending}>
        {t("submit")}
      </Button>
      <p className="text-label text-foreground-soft">
        {t.rich("forgot", { command: () => <code className="font-mono">copilot-llm reset-admin</code> })}
      </p>
    </Form>
  );
}
