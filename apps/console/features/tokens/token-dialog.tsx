import { useTranslations } from "use-intl";
import { DeleteDialog } from "#components/delete-dialog";
import { type GithubToken, useDeleteGithubToken } from "#lib/api/use-github-tokens";
import { RenameTokenDialog } from "./rename-token-dialog";
import { ReplaceTokenDialog } from "./replace-token-dialog";
import { StrandedKeys } from "./stranded-keys";

export interface TokenDialogProps {
  kind: "rename" | "replace" | "delete";
  token: GithubToken;
  onClose: () => void;
}

/** The dialogs about one token. */
export function TokenDialog({ kind, token, onClose }: TokenDialogProps) {
  if (kind === "rename") return <RenameTokenDialog token={token} onClose={onClose} />;
  if (kind === "replace") return <ReplaceTokenDialog token={token} onClose={onClose} />;
  return <DeleteTokenDialog token={token} onClose={onClose} />;
}

/** Says which keys nothing else would serve. */
function DeleteTokenDialog({ token, onClose }: Omit<TokenDialogProps, "kind">) {
  const t = useTranslations("tokens");
  const { id, alias } = token;
  return (
    <DeleteDialog
      id={id}
      useDelete={useDeleteGithubToken}
      title={t("delete.title", { alias })}
      confirmLabel={t("delete.confirm")}
      doneText={t("deletedToast", { alias })}
      onClose={onClose}
    >
      <p>{t("delete.text")}</p>
      <StrandedKeys tokenIds={[id]} />
    </DeleteDialog>
  );
}
