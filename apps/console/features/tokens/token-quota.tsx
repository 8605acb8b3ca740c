import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { useFormatter, useTranslations } from "use-intl";
import { DayTime } from "#components/relative-time";
import { Meter } from "#components/ui/meter";

/** The token's premium requests: used of how many, and when they come back. */
export function TokenQuota({ token }: { token: GithubTokenView }) {
  const t = useTranslations("tokens");
  const format = useFormatter();
  const { premium_quota_limit: limit, premium_quota_used: used, premium_quota_reset: reset } = token;
  if (limit === null) return <p className="text-[0.8125rem] text-foreground-soft">{t("quota.unknown")}</p>;
  const values = {
    used: format.number(used ?? 0, { maximumFractionDigits: 2 }),
    limit: format.number(limit),
  };
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-[0.8125rem] tabular-nums">{t("quota.usedOf", values)}</p>
      <Meter used={used ?? 0} limit={limit} label={t("quota.meter", values)} />
      {reset !== null && (
        <p className="text-xs text-foreground-soft">
          {t.rich("quota.resets", { time: () => <DayTime time={reset} /> })}
        </p>
      )}
    </div>
  );
}
