import type { ApiKeyView, GithubTokenList } from "@copilot-llm/gateway/admin-api";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { DayTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Meter } from "#components/ui/meter";
import { useAuthStatus } from "#lib/api/use-auth";
import { sumPremiumQuota } from "./sum-premium-quota";

interface OverviewFiguresProps {
  tokens: GithubTokenList;
  keys: readonly ApiKeyView[];
}

/** Server, tokens, keys and the pool's premium requests, one card each. */
export function OverviewFigures({ tokens, keys }: OverviewFiguresProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { data: status } = useAuthStatus();
  const canServe = tokens.active > 0;
  const enabledKeys = keys.filter((key) => key.enabled).length;
  const totalRequests = tokens.tokens.reduce((sum, token) => sum + token.total_requests, 0);
  const quota = sumPremiumQuota(tokens.tokens);
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      <Figure
        label={t("server.label")}
        note={status === undefined ? null : t("server.version", { version: status.version })}
      >
        <Badge tone={canServe ? "ok" : "warn"} dot className="my-1 tracking-normal whitespace-normal">
          {t(canServe ? "server.ready" : "server.waiting")}
        </Badge>
      </Figure>
      <Figure label={t("tokens.label")} note={t("tokens.note", { count: totalRequests })}>
        {t("ratio", { part: format.number(tokens.active), whole: format.number(tokens.total) })}
      </Figure>
      <Figure label={t("keys.label")} note={t("keys.note", { count: keys.length })}>
        {format.number(enabledKeys)}
      </Figure>
      <Figure
        label={t("quota.label")}
        note={quota?.nextReset == null ? t("quota.unknown") : <NextReset time={quota.nextReset} />}
      >
        {quota === null ? "–" : <QuotaFigure used={quota.used} limit={quota.limit} />}
      </Figure>
    </div>
  );
}

function NextReset({ time }: { time: string }) {
  const t = useTranslations("overview");
  return t.rich("quota.nextReset", { time: () => <DayTime time={time} /> });
}

function QuotaFigure({ used, limit }: { used: number; limit: number }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const text = t("ratio", { part: format.number(used, { maximumFractionDigits: 1 }), whole: format.number(limit) });
  return (
    <>
      {text}
      <div className="mt-2">
        <Meter used={used} limit={limit} label={`${t("quota.label")}: ${text}`} />
      </div>
    </>
  );
}

function Figure({ label, note, children }: { label: string; note: ReactNode; children: ReactNode }) {
  return (
    <Card className="flex flex-col px-4 py-3.5">
      <h2 className="text-xs font-medium text-foreground-soft">{label}</h2>
      <div className="mt-1.5 flex-1 text-xl font-semibold tracking-tight tabular-nums">{children}</div>
      {note !== null && <p className="mt-2 text-xs text-foreground-soft">{note}</p>}
    </Card>
  );
}
