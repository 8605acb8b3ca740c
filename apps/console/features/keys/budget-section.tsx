import { type KeyLimitName, keyRates } from "@copilot-llm/quota/key-limits";
import type { ReactNode } from "react";
import { useNow, useTranslations } from "use-intl";
import { DetailSection, FactList } from "#components/detail-sheet";
import { Amount, Count } from "#components/figure";
import { RelativeTime } from "#components/relative-time";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useFigures } from "#lib/use-figures";
import { BudgetBar } from "./key-usage";
import { budgetsOf, nextResetMs } from "./map-key-state";

/** A key, or a team of keys. */
type Limited = Parameters<typeof budgetsOf>[0] & Pick<ApiKey, KeyLimitName | "limit_period">;

/** What was used of each budget, when they begin anew, and the rates. */
export function BudgetSection({ of }: { of: Limited }) {
  const t = useTranslations("keys");
  const figures = useFigures();
  const now = useNow({ updateInterval: 60_000 });
  const resetMs = nextResetMs(of, now.getTime());
  const budgets = budgetsOf(of);
  const limited = budgets.flatMap((budget) => (budget.limit === null ? [] : [{ ...budget, limit: budget.limit }]));
  const rates = keyRates.flatMap(({ name }) => {
    const limit = of[name];
    return limit === null ? [] : [t(`usage.rates.${name}`, { limit: figures.count(limit) })];
  });
  return (
    <DetailSection title={t("columns.usage")}>
      <div className="flex flex-col gap-3 text-small">
        {limited.map((budget) => (
          <BudgetBar key={budget.name} budget={budget} />
        ))}
        <FactList
          facts={[
            ...budgets.flatMap((budget): (readonly [string, ReactNode])[] =>
              budget.limit === null
                ? [
                    [
                      t(`usage.names.${budget.name}`),
                      budget.isWhole ? (
                        <Count key="used" value={budget.used} />
                      ) : (
                        <Amount key="used" value={budget.used} />
                      ),
                    ],
                  ]
                : [],
            ),
            [t("detail.period"), t(`usage.per.${of.limit_period}`)],
            resetMs === null
              ? null
              : [t("detail.resets"), <RelativeTime key="reset" time={new Date(resetMs).toISOString()} />],
            rates.length === 0 ? null : [t("detail.rates"), rates.join(" · ")],
          ]}
        />
      </div>
    </DetailSection>
  );
}
