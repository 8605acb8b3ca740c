"use client";

import { useNow, useTranslations } from "use-intl";
import { DayTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useFigures } from "#lib/use-figures";
import { tokenUnit } from "../tokens/token-quota";
import { projectQuota, type QuotaProjection } from "./project-quota";

interface TokenPace extends QuotaProjection {
  token: GithubToken;
  used: number;
  limit: number;
  reset: string;
}

const shownTokens = 6;

/** How much of what is paid for will be lost at the reset at the pace so far: in all, for each unit, and by token. */
export function WasteFigure({ tokens }: { tokens: readonly GithubToken[] }) {
  const t = useTranslations("overview.waste");
  const nowMs = useNow({ updateInterval: 60_000 }).getTime();
  const paces = tokens.flatMap((token): TokenPace[] => {
    const { enabled, premium_quota_limit: limit, premium_quota_used: used, premium_quota_reset: reset } = token;
    if (!enabled || limit === null || limit <= 0 || reset === null) return [];
    const projection = projectQuota(used ?? 0, limit, Date.parse(reset), nowMs);
    return [{ token, used: used ?? 0, limit, reset, ...projection }];
  });
  const units = [...new Set(paces.map(({ token }) => tokenUnit(token)))];
  if (units.length === 0) return null;
  return (
    <Card aria-labelledby="waste">
      <CardHeader id="waste" title={t("title")}>
        <span className="text-label text-foreground-soft">{t("pace")}</span>
      </CardHeader>
      <div className="divide-y">
        {units.map((unit) => (
          <UnitWaste key={unit} unit={unit} paces={paces.filter(({ token }) => tokenUnit(token) === unit)} />
        ))}
      </div>
    </Card>
  );
}

interface UnitWasteProps {
  unit: ReturnType<typeof tokenUnit>;
  paces: readonly TokenPace[];
}

function UnitWaste({ unit, paces }: UnitWasteProps) {
  const t = useTranslations("overview.waste");
  const figures = useFigures();
  const sum = (of: (pace: TokenPace) => number) => paces.reduce((total, pace) => total + of(pace), 0);
  const limit = sum((pace) => pace.limit);
  const used = sum((pace) => pace.used);
  const lost = paces.every((pace) => pace.lost === null) ? null : sum((pace) => pace.lost ?? 0);
  const reset = paces.map((pace) => pace.reset).sort()[0];
  const shown = [...paces].sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0)).slice(0, shownTokens);
  return (
    <div className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <div>
        <p className="text-[2.25rem] leading-10 font-semibold tracking-tight tabular-nums">
          {lost === null ? figures.percent(used / limit) : figures.percent(lost / limit)}
        </p>
        <p className="text-small">
          {lost === null
            ? t(`used.${unit}`, { used: figures.amount(used), limit: figures.compact(limit) })
            : t(`lost.${unit}`, { lost: figures.compact(Math.round(lost)), limit: figures.compact(limit) })}
        </p>
        {reset !== undefined && (
          <p className="mt-1 text-label text-foreground-soft">
            {t.rich("reset", { time: () => <DayTime time={reset} /> })}
            {" · "}
            {t("sofar", { used: figures.amount(used) })}
          </p>
        )}
      </div>
      <ul className="grid content-center gap-x-8 gap-y-2.5 sm:grid-cols-2">
        {shown.map((pace) => (
          <TokenBar key={pace.token.id} pace={pace} />
        ))}
        {paces.length > shown.length && (
          <li className="text-label text-foreground-soft">{t("more", { count: paces.length - shown.length })}</li>
        )}
      </ul>
    </div>
  );
}

function TokenBar({ pace: { token, used, limit, projected } }: { pace: TokenPace }) {
  const t = useTranslations("overview.waste");
  const figures = useFigures();
  const share = (value: number) => `${Math.min(100, (value / limit) * 100)}%`;
  const text = t("bar", {
    used: figures.amount(used),
    limit: figures.compact(limit),
    projected: projected === null ? "–" : figures.amount(Math.round(projected)),
  });
  return (
    <li className="min-w-0">
      <p className="flex justify-between gap-3 text-label">
        <a href={`/tokens/?id=${encodeURIComponent(token.id)}`} className="truncate hover:underline">
          {token.alias}
        </a>
        <span className="text-foreground-soft tabular-nums">
          {figures.amount(used)} / {figures.compact(limit)}
        </span>
      </p>
      <div
        role="img"
        aria-label={`${token.alias}: ${text}`}
        title={text}
        className="relative mt-1 h-2 overflow-hidden rounded-full bg-track"
      >
        {projected !== null && (
          <div className="absolute inset-y-0 left-0 bg-bar/35" style={{ width: share(projected) }} />
        )}
        <div className="absolute inset-y-0 left-0 bg-bar" style={{ width: share(used) }} />
      </div>
    </li>
  );
}
