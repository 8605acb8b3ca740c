import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";
import { type GithubToken, useUpdateGithubToken } from "#lib/api/use-github-tokens";

interface RenameTokenDialogProps {
  token: GithubToken;
  onClose: () => void;
}

/** Asks for a token's new alias. */
export function RenameTokenDialog({ token, onClose }: RenameTokenDialogProps) {
  const t = useTranslations("tokens");
  const tCommon = useTranslations("common");
  const rename = useUpdateGithubToken();
  const [alias, setAlias] = useState(token.alias);
  const error = alias.trim() === "" ? t("add.aliasRequired") : undefined;
  const submit = () => {
    if (error === undefined) rename.mutate({ id: token.id, body: { alias: alias.trim() } }, { onSuccess: onClose });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("rename.title")} asksBeforeDiscard>
      <Form onSubmit={submit} isBusy={rename.isPending} className="contents">
        <DialogBody>
          <Field label={t("add.alias")} error={error}>
            {(control) => <Input {...control} value={alias} onChange={(event) => setAlias(event.target.value)} />}
          </Field>
          {rename.error !== null && <ErrorNotice error={rename.error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit" isBusy={rename.isPending}>
            {tCommon("save")}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
