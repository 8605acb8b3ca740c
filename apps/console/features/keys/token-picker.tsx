"use client";

import { useTranslations } from "use-intl";
import { Checkbox } from "#components/ui/checkbox";
import { useGithubTokens } from "#lib/api/use-github-tokens";

interface TokenPickerProps {
  tokenIds: readonly string[];
  onChange: (tokenIds: readonly string[]) => void;
}

/** Which tokens may serve a key; none ticked means the whole pool. Hidden while there is nothing to choose. */
export function TokenPicker({ tokenIds, onChange }: TokenPickerProps) {
  const t = useTranslations("keys.form");
  const { data } = useGithubTokens();
  const tokens = data?.tokens ?? [];
  if (tokens.length === 0) return null;
  return (
    <fieldset>
      <legend className="text-small font-medium">{t("tokens")}</legend>
      <div className="mt-1.5 max-h-40 overflow-y-auto rounded-lg border p-1">
        {tokens.map((token) => (
          <Checkbox
            key={token.id}
            isChecked={tokenIds.includes(token.id)}
            onChange={(isChecked) =>
              onChange(isChecked ? [...tokenIds, token.id] : tokenIds.filter((id) => id !== token.id))
            }
          >
            <span className="text-small">{token.alias}</span>
            {token.login !== null && <span className="ml-2 text-label text-foreground-soft">@{token.login}</span>}
          </Checkbox>
        ))}
      </div>
      <p className="mt-1.5 text-label text-foreground-soft">
        {tokenIds.length === 0 ? t("tokensAll") : t("tokensOnly", { count: tokenIds.length })}
      </p>
    </fieldset>
  );
}
