import { useTranslations } from "use-intl";
import { useIsAdmin } from "#lib/api/use-auth";
import { Notice } from "./notice";

/** Tells a viewer why a page has nothing to change on it; nothing to admins. */
export function ViewerNotice() {
  const t = useTranslations("common");
  if (useIsAdmin()) return null;
  return (
    <div className="mb-4">
      <Notice>{t("viewerNotice")}</Notice>
    </div>
  );
}
