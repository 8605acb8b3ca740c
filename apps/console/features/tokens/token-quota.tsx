import { useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useFigures } from "#lib/use-figures";

/** What a token's quota counts; `units` while the gateway does not say. */
export function tokenUnit({ unit }: Pick<GithubToken, "unit">): "credits" | "premium_requests" | "units" {
  return unit ?? "units";
}

/** The token's quota: used of how many, in its own unit. */
export function TokenQuota({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens");
  const figures = useFigures();
  const { premium_quota_limit: limit, premium_quota_used: used } = token;
  if (limit === null) return <span className="text-foreground-soft">{t("quota.unknown")}</span>;
  const values = { used: figures.amount(used ?? 0), limit: figures.count(limit) };
  const text = t(`quota.of.${tokenUnit(token)}`, values);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <span className="truncate tabular-nums">{text}</span>
      <Meter used={used ?? 0} limit={limit} label={text} />
    </div>
  );
}
