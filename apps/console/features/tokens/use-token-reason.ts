import { useLocale, useTranslations } from "use-intl";
import type { GithubToken } from "#lib/api/use-github-tokens";

/**
 * Why a token is in its state, in the reader's language; null where the state says it all. GitHub's own words, which are
 * English, stand in for it where the gateway knows no code, for who reads English.
 */
export function useTokenReason(): (token: GithubToken) => string | null {
  const t = useTranslations("tokens.reasons");
  const locale = useLocale();
  return ({ reason_code: reasonCode, error_message: message, warning }) => {
    if (reasonCode !== null) return t(reasonCode);
    if (locale === "en") return message === "" ? warning : (message ?? warning);
    return message === null && warning !== null ? t("hasWarning") : null;
  };
}
