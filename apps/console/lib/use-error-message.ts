import { useLocale, useTranslations } from "use-intl";
import { ApiError, localErrorCodes } from "./api/api-error";

/** What to show of a failure. */
export interface ErrorMessage {
  sentence: string;
  /** The gateway's own words, in English; null where the sentence is theirs or says it all. */
  detail: string | null;
}

/** The gateway's codes that the console words itself. */
export const wordedCodes = [
  "invalid_request",
  "unauthenticated",
  "permission_denied",
  "model_not_found",
  "not_found",
  "method_not_allowed",
  "conflict",
  "request_too_large",
  "limit_exceeded",
  "no_token_available",
  "quota_exceeded",
  "upstream_rejected",
  "upstream_rate_limited",
  "upstream_error",
  "upstream_timeout",
  "unavailable",
  "client_closed",
  "internal",
] as const;

/**
 * The words for a failure. English readers get the gateway's own sentence, which says most; others get the code's
 * sentence in their language, with the gateway's words as a detail.
 */
export function useErrorMessage(): (error: Error) => ErrorMessage {
  const t = useTranslations("errors");
  const locale = useLocale();
  return (error) => {
    const own = (sentence: string) => ({ sentence, detail: null });
    if (!(error instanceof ApiError)) return own(t("unexpected"));
    if (error.code === localErrorCodes.unreachable) return own(t("unreachable"));
    if (error.code === localErrorCodes.unreadable) return own(t("unreadable", { status: String(error.status) }));
    if (locale === "en") return own(error.message);
    const code = wordedCodes.find((known) => known === error.code);
    return { sentence: code === undefined ? t("other") : t(`codes.${code}`), detail: error.message };
  };
}

/** The same as one line, for a toast. */
export function useErrorSentence(): (error: Error) => string {
  const errorMessage = useErrorMessage();
  return (error) => errorMessage(error).sentence;
}
