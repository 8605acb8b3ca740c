import { useTranslations } from "use-intl";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useGithubTokens } from "#lib/api/use-github-tokens";

/** Which models a key may use and which tokens serve it, a line each. */
export function KeyScope({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslations("keys.scope");
  const { data } = useGithubTokens();
  const { allowed_models: models, github_token_ids: tokenIds } = apiKey;
  const aliases = tokenIds?.map((id) => data?.tokens.find((token) => token.id === id)?.alias ?? t("unknownToken"));
  const first = (names: readonly string[], several: string) => (names.length === 1 ? (names[0] ?? "") : several);
  return (
    <div className="min-w-0">
      <p className="truncate" title={models?.join(", ")}>
        {models === null ? t("allModels") : first(models, t("models", { count: models.length }))}
      </p>
      <p className="truncate text-label text-foreground-soft" title={aliases?.join(", ")}>
        {aliases === undefined ? t("allTokens") : first(aliases, t("tokens", { count: aliases.length }))}
      </p>
    </div>
  );
}
