import { useTranslations } from "use-intl";
import { Notice } from "./notice";

/** What whoever adds a token must know. */
export function TokenResponsibleUse() {
  const t = useTranslations("responsibleUse");
  return (
    <Notice tone="warn">
      <p className="font-medium">{t("title")}</p>
      <ul className="mt-1 list-disc space-y-1 pl-4">
        <li>{t("ownToken")}</li>
        <li>{t("severalAccounts")}</li>
        <li>{t("onlyGithub")}</li>
      </ul>
    </Notice>
  );
}

/** What whoever hands out a key must know, and tell. */
export function KeyResponsibleUse() {
  const t = useTranslations("responsibleUse");
  return (
    <Notice>
      <p>{t("recording")}</p>
      <p className="mt-1">{t("keyTerms")}</p>
    </Notice>
  );
}
