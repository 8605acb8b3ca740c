"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Sparkline } from "#components/charts/sparkline";
import type { StatsAnswer } from "#lib/api/use-stats";
import { classNames } from "#lib/class-names";
import { createSeries } from "#lib/stats/create-series";
import { type Metric, metricOf } from "#lib/stats/metrics";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
import { useFigures } from "#lib/use-figures";

interface OverviewTilesProps {
  stats: StatsAnswer;
  previous: StatsAnswer | undefined;
  nowMs: number;
  metric: string;
  onMetric: (metric: "requests" | "errors" | "tokens" | "credits" | "premium") => void;
}

/** Five figures of the span, each with its change against the span before and its run. */
export function OverviewTiles({ stats, previous, nowMs, metric, onMetric }: OverviewTilesProps) {
  const t = useTranslations("overview.tiles");
  const figures = useFigures();
  const { totals } = stats;
  const { buckets } = useTimeOfAnswer(stats, nowMs);
  const credits = metricOf("credits", totals) ?? 0;
  const cachedShare = metricOf("cacheRate", totals);
  const runOf = (one: Metric) => {
    const { series } = createSeries({
      buckets,
      rows: stats.rows,
      isSplit: false,
      metric: one,
      label: "",
      otherLabel: "",
      unknownLabel: "",
    });
    return (series[0]?.values ?? []).map((value) => value ?? 0);
  };
  const tile = (one: Metric, isGoodWhenLess = false) => ({
    label: t(`labels.${one as "requests"}`),
    run: runOf(one),
    change: changeOf(one, stats, previous),
    isGoodWhenLess,
  });
  const rate = metricOf("errorRate", totals);
  return (
    <div className="grid grid-cols-2 gap-3 max-xl:[&>:last-child]:col-span-2 lg:gap-4 xl:grid-cols-5">
      <Tile {...tile("requests")} isChosen={metric === "requests"} onChoose={() => onMetric("requests")}>
        <span title={figures.count(totals.requests)}>{figures.compact(totals.requests)}</span>
      </Tile>
      <Tile
        {...tile("errorRate", true)}
        isChosen={metric === "errors"}
        onChoose={() => onMetric("errors")}
        note={t("failed", { count: totals.errors })}
      >
        {rate === null ? "–" : figures.percent(rate)}
      </Tile>
      <Tile
        {...tile("tokens")}
        isChosen={metric === "tokens"}
        onChoose={() => onMetric("tokens")}
        note={t("inOut", {
          input: figures.compact(totals.input_tokens),
          output: figures.compact(totals.output_tokens),
          cached: cachedShare === null ? "–" : figures.percent(cachedShare),
        })}
      >
        <span title={figures.count(totals.input_tokens + totals.output_tokens)}>
          {figures.compact(totals.input_tokens + totals.output_tokens)}
        </span>
      </Tile>
      <Tile
        {...tile("credits")}
        isChosen={metric === "credits" || metric === "premium"}
        onChoose={() => onMetric(metric === "credits" ? "premium" : "credits")}
        note={t("premium", { dollars: figures.dollars(credits), count: figures.amount(totals.premium_units) })}
      >
        <span title={String(credits)}>{figures.amount(credits)}</span>
      </Tile>
      <Tile
        {...tile("ttftP50", true)}
        note={t("latency", {
          p50: totals.latency_p50_ms === null ? "–" : figures.duration(totals.latency_p50_ms),
          p95: totals.latency_p95_ms === null ? "–" : figures.duration(totals.latency_p95_ms),
        })}
      >
        {totals.ttft_p50_ms === null ? "–" : figures.duration(totals.ttft_p50_ms)}
      </Tile>
    </div>
  );
}

/** More than elevenfold. */
const mostTold = 10;

/** Against the span before; null where one of the two is unknown or the first was nothing. */
function changeOf(metric: Metric, now: StatsAnswer, before: StatsAnswer | undefined): number | null {
  if (before === undefined) return null;
  const current = metricOf(metric, now.totals);
  const earlier = metricOf(metric, before.totals);
  if (current === null || earlier === null || earlier === 0) return null;
  const change = (current - earlier) / earlier;
  // Against next to nothing any figure is large, and says nothing.
  return change > mostTold ? null : change;
}

interface TileProps {
  label: string;
  run: readonly number[];
  change: number | null;
  isGoodWhenLess: boolean;
  note?: ReactNode;
  isChosen?: boolean;
  onChoose?: () => void;
  children: ReactNode;
}

function Tile({ label, run, change, isGoodWhenLess, note, isChosen = false, onChoose, children }: TileProps) {
  const t = useTranslations("overview.tiles");
  const figures = useFigures();
  const isUp = change !== null && change > 0;
  const isFlat = change !== null && Math.abs(change) < 0.005;
  const Arrow = isUp ? ArrowUp : ArrowDown;
  return (
    <div
      className={classNames(
        "@container relative flex min-w-0 flex-col rounded-lg border bg-surface px-4 py-3",
        isChosen && "border-foreground-soft",
      )}
    >
      <div className="flex h-4 items-center justify-between gap-2">
        {onChoose === undefined ? (
          <h2 className="truncate text-label text-foreground-soft">{label}</h2>
        ) : (
          <h2 className="min-w-0">
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={onChoose}
              className="max-w-full truncate text-label text-foreground-soft outline-none after:absolute after:inset-0 after:rounded-lg hover:text-foreground focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {label}
            </button>
          </h2>
        )}
        {change !== null && !isFlat && (
          <span
            title={t("against")}
            className={classNames(
              "inline-flex shrink-0 items-center gap-0.5 text-label tabular-nums",
              isGoodWhenLess ? (isUp ? "text-danger" : "text-ok") : "text-foreground-soft",
            )}
          >
            <Arrow aria-hidden className="size-3" />
            <span aria-hidden>{figures.percent(Math.abs(change))}</span>
            <span className="sr-only">{figures.change(change)}</span>
          </span>
        )}
      </div>
      <div className="mt-1 flex items-end justify-between gap-3">
        <p className="text-figure font-semibold tracking-tight whitespace-nowrap tabular-nums">{children}</p>
        <div className="hidden @min-[11.5rem]:block">
          <Sparkline values={run} label={t("run", { label })} width={72} />
        </div>
      </div>
      <p className="mt-1 min-h-4 text-label text-foreground-soft">{note}</p>
    </div>
  );
}
