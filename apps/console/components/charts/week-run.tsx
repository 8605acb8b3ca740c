import { useTranslations } from "use-intl";
import { useFigures } from "#lib/use-figures";
import { Sparkline } from "./sparkline";

/** The requests of the last seven days, a point a day; a dash where there were none. */
export function WeekRun({ values }: { values: readonly number[] | undefined }) {
  const t = useTranslations("charts");
  const figures = useFigures();
  const sum = (values ?? []).reduce((total, value) => total + value, 0);
  if (values === undefined || sum === 0) return <span className="text-foreground-soft">–</span>;
  return <Sparkline values={values} label={t("week", { count: figures.count(sum) })} />;
}
