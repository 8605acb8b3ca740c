import { useTranslations } from "use-intl";

/** Shown while the gateway is asked who is logged in: next to nothing, since it takes a moment only. */
export function AuthWaiting() {
  const t = useTranslations("common");
  return (
    <div role="status" className="grid min-h-dvh place-items-center">
      <span className="sr-only">{t("loading")}</span>
    </div>
  );
}
