import { useTranslations } from "use-intl";
import { ApiError, localErrorCodes } from "./api/api-error";

/** The sentence to show for a failure: the gateway's own message, or ours when it gave none. */
export function useErrorMessage(): (error: Error) => string {
  const t = useTranslations("errors");
  return (error) => {
    if (!(error instanceof ApiError)) return t("unexpected");
    if (error.code === localErrorCodes.unreachable) return t("unreachable");
    if (error.code === localErrorCodes.unreadable) return t("unreadable", { status: String(error.status) });
    return error.message;
  };
}
