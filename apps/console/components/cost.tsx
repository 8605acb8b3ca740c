import { useTranslations } from "use-intl";
import { Amount, Unknown } from "#components/figure";
import { nanoAiuPerCredit } from "#lib/use-figures";

interface CostProps {
  /** Null where it is not known. */
  nanoAiu: number | null;
  premiumUnits: number;
}

/** What was paid, each unit by itself: premium requests, credits, or both, a line each. Zero only where both are. */
export function Cost({ nanoAiu, premiumUnits }: CostProps) {
  const t = useTranslations("cost");
  const hasCredits = nanoAiu !== null && nanoAiu > 0;
  if (!hasCredits && premiumUnits === 0) return nanoAiu === null ? <Unknown /> : "0";
  return (
    <>
      {premiumUnits > 0 && (
        <span className="block truncate">
          {t.rich("premium", { amount: () => <Amount key="premium" value={premiumUnits} /> })}
        </span>
      )}
      {hasCredits && (
        <span className={premiumUnits > 0 ? "block truncate text-label text-foreground-soft" : "block truncate"}>
          {t.rich("credits", { amount: () => <Amount key="credits" value={nanoAiu / nanoAiuPerCredit} /> })}
        </span>
      )}
    </>
  );
}
