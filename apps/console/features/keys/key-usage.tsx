import type { ApiKeyView } from "@copilot-llm/gateway/admin-api";
import { useFormatter, useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter";

/** What a key used in its period: bars for what is limited, plain numbers for the rest, and its rates. */
export function KeyUsage({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("keys.usage");
  const format = useFormatter();
  const number = (value: number) => format.number(value, { maximumFractionDigits: 2 });
  const roundToHundredths = (value: number) => Math.round(value * 100) / 100;
  const budgets = [
    { name: "requests", used: apiKey.current_requests, limit: apiKey.max_requests },
    { name: "premium", used: apiKey.current_premium_requests, limit: apiKey.max_premium_requests },
    { name: "credits", used: apiKey.current_credits, limit: apiKey.max_credits },
  ] as const;
  const unlimited = budgets.filter(({ limit }) => limit === null);
  const hasBudget = unlimited.length < budgets.length;
  const rates = (["rpm", "tpm", "max_concurrency"] as const).flatMap((field) => {
    const limit = apiKey[field];
    return limit === null ? [] : [t(`rates.${field}`, { limit: number(limit) })];
  });
  return (
    <div className="flex flex-col gap-2">
      {budgets.map(({ name, used, limit }) => {
        if (limit === null) return null;
        const text = t(`${name}Of`, { used: number(used), limit: number(limit) });
        return (
          <div key={name} className="flex flex-col gap-1">
            <p className="text-[0.8125rem] tabular-nums">{text}</p>
            <Meter used={used} limit={limit} label={text} />
          </div>
        );
      })}
      {unlimited.length > 0 && (
        <p className="text-xs text-foreground-soft tabular-nums">
          {unlimited.map(({ name, used }) => t(name, { used: roundToHundredths(used) })).join(" · ")}
        </p>
      )}
      <p className="text-xs text-foreground-soft tabular-nums">
        {[hasBudget ? t(`per.${apiKey.limit_period}`) : t("noBudget"), ...rates].join(" · ")}
      </p>
    </div>
  );
}
