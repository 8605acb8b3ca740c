import { useTranslations } from "use-intl";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useGithubTokens } from "#lib/api/use-github-tokens";

/** Which models a key may use and which tokens serve it, a line each. */
export function KeyScope({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("keys.scope");
  const { allowed_models: models, github_token_ids: tokenIds } = apiKey;
  return (
    <div className="min-w-0">
      <p className="truncate" title={models?.join(", ")}>
        {models === null ? t("allModels") : one(models, t("models", { count: models.length }))}
      </p>
      {tokenIds === null ? (
        <p className="truncate text-label text-foreground-soft">{t("allTokens")}</p>
      ) : (
        <BoundTokens tokenIds={tokenIds} />
      )}
    </div>
  );
}

/** Apart, since most keys are bound to none: only these rows follow the list of tokens. */
function BoundTokens({ tokenIds }: { tokenIds: readonly string[] }) {
  const t = useTranslations("keys.scope");
  const { data } = useGithubTokens();
  const aliases = tokenIds.map((id) => data?.tokens.find((token) => token.id === id)?.alias ?? t("unknownToken"));
  return (
    <p className="truncate text-label text-foreground-soft" title={aliases.join(", ")}>
      {one(aliases, t("tokens", { count: aliases.length }))}
    </p>
  );
}

/** The one name that there is, or how many there are. */
function one(names: readonly string[], several: string): string {
  return names.length === 1 ? (names[0] ?? "") : several;
}
