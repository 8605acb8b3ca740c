import type { ApiKeyView } from "@copilot-llm/gateway/admin-api";
import { keyBudgets, keyRates } from "@copilot-llm/quota/key-limits";
import { useFormatter, useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter";

/** What a key used in its period: bars for what is limited, plain numbers for the rest, and its rates. */
export function KeyUsage({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("keys.usage");
  const format = useFormatter();
  const number = (value: number) => format.number(value, { maximumFractionDigits: 2 });
  const roundToHundredths = (value: number) => Math.round(value * 100) / 100;
  const budgets = keyBudgets.map(({ name, countName }) => ({ name, used: apiKey[countName], limit: apiKey[name] }));
  const unlimited = budgets.filter(({ limit }) => limit === null);
  const hasBudget = unlimited.length < budgets.length;
  const rates = keyRates.flatMap(({ name }) => {
    const limit = apiKey[name];
    return limit === null ? [] : [t(`rates.${name}`, { limit: number(limit) })];
  });
  return (
    <div className="flex flex-col gap-2">
      {budgets.map(({ name, used, limit }) => {
        if (limit === null) return null;
        const text = t(`usedOf.${name}`, { used: number(used), limit: number(limit) });
        return (
          <div key={name} className="flex flex-col gap-1">
            <p className="text-[0.8125rem] tabular-nums">{text}</p>
            <Meter used={used} limit={limit} label={text} />
          </div>
        );
      })}
      {unlimited.length > 0 && (
        <p className="text-xs text-foreground-soft tabular-nums">
          {unlimited.map(({ name, used }) => t(`used.${name}`, { used: roundToHundredths(used) })).join(" · ")}
        </p>
      )}
      <p className="text-xs text-foreground-soft tabular-nums">
        {[hasBudget ? t(`per.${apiKey.limit_period}`) : t("noBudget"), ...rates].join(" · ")}
      </p>
    </div>
  );
}
