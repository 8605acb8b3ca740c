import { useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter";
import { useFigures } from "#lib/use-figures";
import { budgetsOf, type KeyBudget, tightestBudget } from "./map-key-state";

/** The use of a key, or of a team of keys, against the limit that is met first; how many more there are stands beside it. */
export function KeyUsage({ of }: { of: Parameters<typeof tightestBudget>[0] }) {
  const t = useTranslations("keys.usage");
  const tightest = tightestBudget(of);
  const figures = useFigures();
  if (tightest === null) {
    return (
      <span className="text-foreground-soft tabular-nums">
        {t("requests", { used: figures.compact(of.current_requests), count: of.current_requests })}
      </span>
    );
  }
  const others = budgetsOf(of).filter(({ limit }) => limit !== null).length - 1;
  return <BudgetBar budget={tightest} aside={others > 0 ? t("more", { count: others }) : null} />;
}

interface BudgetBarProps {
  budget: KeyBudget & { limit: number };
  aside?: string | null;
}

/** One budget: used of how much, and a bar. */
export function BudgetBar({ budget: { name, used, limit }, aside = null }: BudgetBarProps) {
  const t = useTranslations("keys.usage");
  const figures = useFigures();
  const text = t(`usedOf.${name}`, { used: figures.amount(used), limit: figures.count(limit) });
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span className="flex gap-2">
        <span className="truncate tabular-nums">{text}</span>
        {aside !== null && <span className="text-label text-foreground-soft">{aside}</span>}
      </span>
      <Meter used={used} limit={limit} label={text} />
    </div>
  );
}
