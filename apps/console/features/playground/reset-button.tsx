import { useTranslations } from "use-intl";

/** Beside a setting that is set: leaves it to the service again. */
export function ResetButton({ onReset }: { onReset: () => void }) {
  const t = useTranslations("playground.panel");
  return (
    <button type="button" onClick={onReset} className="text-label text-accent hover:underline">
      {t("reset")}
    </button>
  );
}
