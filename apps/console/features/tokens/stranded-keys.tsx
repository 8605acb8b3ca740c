import { useTranslations } from "use-intl";
import { useApiKeys } from "#lib/api/use-api-keys";

/** Names the keys that nothing else would serve once the tokens are gone. */
export function StrandedKeys({ tokenIds }: { tokenIds: readonly string[] }) {
  const t = useTranslations("tokens.delete");
  const { data } = useApiKeys();
  const stranded = (data?.keys ?? []).filter(
    ({ github_token_ids: ids }) => ids !== null && ids.length > 0 && ids.every((id) => tokenIds.includes(id)),
  );
  if (stranded.length === 0) return null;
  const keys = stranded.map(({ alias }) => alias).join(", ");
  return (
    <p className="text-danger">
      {t(tokenIds.length === 1 ? "stranded" : "strandedBySeveral", { count: stranded.length, keys })}
    </p>
  );
}
