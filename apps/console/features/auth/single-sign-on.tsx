import { useSearchParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { Notice } from "#components/notice";
import { ButtonAddress } from "#components/ui/button";
import { parseNextPath } from "#lib/parse-next-path";

const failures = [
  "oidc_unreachable",
  "oidc_expired",
  "oidc_denied",
  "oidc_no_role",
  "oidc_conflict",
  "oidc_failed",
] as const;

/** The way to the company's identity provider and back to the page that was wanted; says why the last try failed. */
export function SingleSignOn() {
  const t = useTranslations("login.singleSignOn");
  const search = useSearchParams();
  const failure = failures.find((code) => code === search.get("error"));
  const next = new URLSearchParams({ next: parseNextPath(search.get("next")) });
  return (
    <div className="mb-5 grid gap-4">
      {failure !== undefined && (
        <div role="alert">
          <Notice tone="warn">{t(`errors.${failure}`)}</Notice>
        </div>
      )}
      <ButtonAddress href={`/api/auth/oidc/start?${next}`} variant="secondary" size="wide">
        {t("submit")}
      </ButtonAddress>
    </div>
  );
}
