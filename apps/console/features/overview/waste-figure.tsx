"use client";

import { useNow, useTranslations } from "use-intl";
import { DayTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { type QuotaForecast, useQuotaForecast } from "#lib/api/use-quota-forecast";
import { classNames } from "#lib/class-names";
import { dayMs } from "#lib/time-units";
import { useFigures } from "#lib/use-figures";
import { createQuotaPaces, type QuotaPace } from "./create-quota-paces";

const shownTokens = 6;
/** As many bars stand below each other; more stand in two columns. */
const mostInOneColumn = 4;
const marks = [
  { name: "used", className: "bg-bar" },
  { name: "projected", className: "bg-bar/35" },
  { name: "lost", className: "bg-track" },
] as const;
const strategies = ["round_robin", "most_remaining", "fill_first"] as const;

/**
 * How much of what is paid for will be lost at the reset: in all, for each unit, and by quota. As the gateway foretells
 * it; at the pace so far where it does not.
 */
export function WasteFigure({ tokens }: { tokens: readonly GithubToken[] }) {
  const t = useTranslations("overview.waste");
  const nowMs = useNow({ updateInterval: 60_000 }).getTime();
  const { data: forecast } = useQuotaForecast();
  const paces = createQuotaPaces(tokens, forecast, nowMs);
  const units = [...new Set(paces.map(({ unit }) => unit))];
  if (units.length === 0) return null;
  return (
    <Card aria-labelledby="waste">
      <CardHeader id="waste" title={t("title")}>
        <ul aria-hidden className="flex gap-x-4 text-label text-foreground-soft max-md:hidden">
          {marks.map(({ name, className }) => (
            <li key={name} className="flex items-center gap-1.5">
              <span className={classNames("h-2 w-4 rounded-full", className)} />
              {t(`marks.${name}`)}
            </li>
          ))}
        </ul>
        <span className="text-label text-foreground-soft">
          {t(paces.every(({ isForetold, lost }) => isForetold || lost === null) ? "forecast" : "pace")}
        </span>
      </CardHeader>
      <div className="divide-y">
        {units.map((unit) => (
          <UnitWaste
            key={unit}
            unit={unit}
            paces={paces.filter((pace) => pace.unit === unit)}
            forecast={forecast}
            nowMs={nowMs}
          />
        ))}
      </div>
    </Card>
  );
}

interface UnitWasteProps {
  unit: QuotaPace["unit"];
  paces: readonly QuotaPace[];
  forecast: QuotaForecast | undefined;
  nowMs: number;
}

function UnitWaste({ unit, paces, forecast, nowMs }: UnitWasteProps) {
  const t = useTranslations("overview.waste");
  const figures = useFigures();
  // What is lost is told of the quotas of which it can be told; of all of them what is used, where of none.
  const told = paces.filter((pace) => pace.lost !== null);
  const counted = told.length === 0 ? paces : told;
  const sum = (of: (pace: QuotaPace) => number) => counted.reduce((total, pace) => total + of(pace), 0);
  const limit = sum((pace) => pace.limit);
  const used = sum((pace) => pace.used);
  const lost = told.length === 0 ? null : sum((pace) => pace.lost ?? 0);
  const [reset] = counted.flatMap((pace) => pace.reset ?? []).sort();
  const shown = [...paces].sort((a, b) => (b.lost ?? 0) - (a.lost ?? 0)).slice(0, shownTokens);
  return (
    <div className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
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
            {t("left", { count: Math.max(1, Math.ceil((Date.parse(reset) - nowMs) / dayMs)) })}
            {" · "}
            {t("sofar", { used: figures.amount(used) })}
          </p>
        )}
        {forecast !== undefined && lost !== null && told.every(({ isForetold }) => isForetold) && (
          <ForecastNotes unit={unit} lost={lost} forecast={forecast} />
        )}
      </div>
      <ul
        className={classNames(
          "grid content-start gap-x-8 gap-y-3 lg:pt-2",
          shown.length > mostInOneColumn && "sm:grid-cols-2",
        )}
      >
        {shown.map((pace) => (
          <PaceBar key={pace.tokenId} pace={pace} />
        ))}
        {paces.length > shown.length && (
          <li className="text-label text-foreground-soft">{t("more", { count: paces.length - shown.length })}</li>
        )}
      </ul>
    </div>
  );
}

interface ForecastNotesProps {
  unit: QuotaPace["unit"];
  /** What is shown as lost. */
  lost: number;
  forecast: QuotaForecast;
}

/** How sure the figure is, and what the present way of choosing tokens loses against the most sparing one. */
function ForecastNotes({ unit, lost, forecast: { pool, routing_strategy: strategy } }: ForecastNotesProps) {
  const t = useTranslations("overview.waste");
  const figures = useFigures();
  const outlook = pool.find((one) => one.unit === unit);
  if (outlook === undefined || outlook.projected_waste === null) return null;
  const { projected_waste: waste, least_waste: least } = outlook;
  // The pool's figures are of other quotas too: those of disabled tokens.
  if (Math.abs(waste.expected - lost) >= 1) return null;
  const whole = (value: number) => figures.compact(Math.round(value));
  const more = least === null ? null : Math.round(waste.expected - least);
  const present = strategies.find((one) => one === strategy);
  return (
    <>
      {whole(waste.p10) !== whole(waste.p90) && (
        <p className="mt-1 text-label text-foreground-soft">
          {t("band", { low: whole(waste.p10), high: whole(waste.p90) })}
        </p>
      )}
      {more !== null && present !== undefined && (
        <p className="mt-1 text-label text-foreground-soft">
          {more > 0
            ? t("moreThanLeast", { strategy: t(`strategies.${present}`), more: figures.compact(more) })
            : t("noMoreThanLeast", { strategy: t(`strategies.${present}`) })}
        </p>
      )}
    </>
  );
}

function PaceBar({ pace: { name, tokenId, unit, used, limit, reset, projected, lost } }: { pace: QuotaPace }) {
  const t = useTranslations("overview.waste");
  const figures = useFigures();
  const share = (value: number) => `${Math.min(100, (value / limit) * 100)}%`;
  const values = { used: figures.amount(used), limit: figures.compact(limit) };
  const text =
    projected === null
      ? t(`used.${unit}`, values)
      : t("bar", { ...values, projected: figures.amount(Math.round(projected)) });
  return (
    <li className="min-w-0">
      <p className="flex justify-between gap-3 text-label">
        <a href={`/tokens/?id=${encodeURIComponent(tokenId)}`} className="truncate hover:underline">
          {name}
        </a>
        <span className="text-foreground-soft tabular-nums">
          {figures.amount(used)} / {figures.compact(limit)}
          {lost !== null && ` · ${t("barLost", { lost: figures.compact(Math.round(lost)) })}`}
          {reset === null && ` · ${t("noReset")}`}
        </span>
      </p>
      <div
        role="img"
        aria-label={`${name}: ${text}`}
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
