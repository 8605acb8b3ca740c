"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { TokenResponsibleUse } from "#components/responsible-use";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";
import { useToast } from "#components/ui/toast";
import { type AddedGithubToken, useAddGithubToken } from "#lib/api/use-github-tokens";

/** Alias and pasted token. A token that GitHub refuses is added all the same; the toast then says why it rests. */
export function AddTokenForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("tokens");
  const tCommon = useTranslations("common");
  const add = useAddGithubToken();
  const showToast = useToast();
  const [alias, setAlias] = useState("");
  const [token, setToken] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const aliasError = alias.trim() === "" ? t("add.aliasRequired") : undefined;
  const tokenError = token.trim() === "" ? t("add.tokenRequired") : undefined;
  const tellOutcome = (added: AddedGithubToken) => {
    onClose();
    if (added.error_message === null) showToast("done", t("add.done", { alias: added.alias }));
    else showToast("failed", t("add.doneWithProblem", { alias: added.alias, reason: added.error_message }));
  };
  const submit = () => {
    setIsChecked(true);
    if (aliasError !== undefined || tokenError !== undefined) return;
    add.mutate({ alias: alias.trim(), token: token.trim() }, { onSuccess: tellOutcome });
  };
  return (
    <Form onSubmit={submit} className="contents">
      <DialogBody>
        <Field label={t("add.alias")} hint={t("add.aliasHint")} error={isChecked ? aliasError : undefined}>
          {(control) => (
            <Input
              {...control}
              name="alias"
              autoComplete="off"
              value={alias}
              onChange={(event) => setAlias(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("add.token")} hint={t("add.tokenHint")} error={isChecked ? tokenError : undefined}>
          {(control) => (
            <Input
              {...control}
              name="token"
              type="password"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        {add.error !== null && <ErrorNotice error={add.error} />}
        <TokenResponsibleUse />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={add.isPending}>
          {t("add.submit")}
        </Button>
      </DialogFooter>
    </Form>
  );
}
