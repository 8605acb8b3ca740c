import { useTranslations } from "use-intl";
import { DeleteDialog } from "#components/delete-dialog";
import { useApiKeys } from "#lib/api/use-api-keys";
import { type GithubToken, useDeleteGithubToken } from "#lib/api/use-github-tokens";
import { RenameTokenDialog } from "./rename-token-dialog";
import { ReplaceTokenDialog } from "./replace-token-dialog";

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
  const { data } = useApiKeys();
  const stranded = (data?.keys ?? []).filter(({ github_token_ids: ids }) => ids?.length === 1 && ids[0] === id);
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
      {stranded.length > 0 && (
        <p className="text-danger">
          {t("delete.stranded", { count: stranded.length, keys: stranded.map((key) => key.alias).join(", ") })}
        </p>
      )}
    </DeleteDialog>
  );
}
