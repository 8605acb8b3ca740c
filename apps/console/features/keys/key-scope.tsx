import type { ApiKeyView } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { useGithubTokens } from "#lib/api/use-github-tokens";

/** Which models a key may use and which tokens serve it. */
export function KeyScope({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("keys.scope");
  const { data } = useGithubTokens();
  const { allowed_models: models, github_token_ids: tokenIds } = apiKey;
  const aliasOf = (id: string) => data?.tokens.find((token) => token.id === id)?.alias ?? t("unknownToken");
  return (
    <div className="flex flex-col gap-0.5">
      {models === null ? (
        <span>{t("allModels")}</span>
      ) : (
        <span title={models.join(", ")}>
          {models.length === 1 ? (
            <span className="font-mono text-xs break-all">{models[0]}</span>
          ) : (
            t("models", { count: models.length })
          )}
        </span>
      )}
      <span className="text-xs break-words text-foreground-soft">
        {tokenIds === null ? t("allTokens") : t("tokens", { tokens: tokenIds.map(aliasOf).join(", ") })}
      </span>
    </div>
  );
}
