import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { SecretInput } from "#components/ui/input";
import { useLogin } from "#lib/api/use-auth";

/** Signs in again over an open page, of which nothing is lost. */
export function SignInAgainDialog({ username }: { username: string }) {
  const t = useTranslations("auth.again");
  const login = useLogin();
  const [password, setPassword] = useState("");
  const submit = () => {
    if (password !== "") login.mutate({ username, password });
  };
  return (
    <Dialog
      isOpen
      closesOnlyByButton
      onClose={() => undefined}
      title={t("title")}
      description={t("text", { username })}
    >
      <Form onSubmit={submit} isBusy={login.isPending} className="contents">
        <DialogBody>
          <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
          <Field label={t("password")}>
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
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={() => window.location.assign("/login/")}>
            {t("otherUser")}
          </Button>
          <Button type="submit" isBusy={login.isPending}>
            {t("submit")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
