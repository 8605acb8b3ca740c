import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Notice } from "#components/notice";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { SecretInput } from "#components/ui/input";
import { useToast } from "#components/ui/toast";
import { type GithubToken, useUpdateGithubToken } from "#lib/api/use-github-tokens";
import { checkPastedToken } from "./check-pasted-token";
import { TokenHint } from "./token-hint";

interface ReplaceTokenDialogProps {
  token: GithubToken;
  onClose: () => void;
}

/** Gives a token that GitHub refuses, or that will expire, another secret: its history, keys and alias stay. */
export function ReplaceTokenDialog({ token, onClose }: ReplaceTokenDialogProps) {
  const t = useTranslations("tokens");
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const replace = useUpdateGithubToken();
  const [pasted, setPasted] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const problem = checkPastedToken(pasted);
  const refused = replace.data !== undefined && replace.data.status === "auth_failed" ? replace.data : null;
  const submit = () => {
    setIsChecked(true);
    if (problem !== null) return;
    replace.mutate(
      { id: token.id, body: { token: pasted.trim() } },
      {
        onSuccess: (changed) => {
          if (changed.status === "auth_failed") return;
          showToast("done", t("replace.done", { alias: token.alias }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("replace.title", { alias: token.alias })}
      description={t("replace.text")}
      asksBeforeDiscard
    >
      <Form onSubmit={submit} isBusy={replace.isPending} className="contents">
        <DialogBody>
          <Field
            label={t("add.token")}
            hint={t("add.tokenHint")}
            error={isChecked && problem !== null ? t(`add.problems.${problem}`) : undefined}
          >
            {(control) => (
              <SecretInput
                {...control}
                autoComplete="off"
                className="font-mono"
                value={pasted}
                onChange={(event) => setPasted(event.target.value)}
              />
            )}
          </Field>
          <TokenHint pasted={pasted} />
          {refused !== null && (
            <Notice tone="warn">
              <p>{t("replace.refused")}</p>
              <p lang="en" className="mt-1 text-label">
                {refused.error_message}
              </p>
            </Notice>
          )}
          {replace.error !== null && <ErrorNotice error={replace.error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" isBusy={replace.isPending}>
            {t("replace.submit")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
