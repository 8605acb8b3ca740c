"use client";

import { localPoint } from "@visx/event";
import { Table2 } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import type { ChartData, Series } from "#lib/charts/chart-data";
import { useBucketFormat } from "#lib/use-bucket-format";
import type { RangeState } from "#lib/use-range";
import { ChartLegend } from "./chart-legend";
import { ChartTable } from "./chart-table";
import { ChartTooltip } from "./chart-tooltip";
import type { ColumnRow } from "./column-row";
import { margin, Plot } from "./plot";
import { useWidth } from "./use-width";

interface TimeChartProps {
  /** What is shown, for screen readers. */
  label: string;
  data: ChartData;
  kind: "bars" | "lines";
  range: RangeState;
  height?: number;
  /** Without legend and table: a strip over a list. */
  isCompact?: boolean;
  formatValue: (value: number) => string;
  /** A bucket was pressed: the requests behind it. */
  onOpenBucket?: (startMs: number, endMs: number) => void;
  /** Beside the legend: what else the chart can show. */
  children?: ReactNode;
}

/** Two presses within it are one double click. */
const doublePressMs = 600;

/**
 * A chart over time. The pointer or the arrow keys read a bucket; dragging, or arrows with shift, chooses a span for the
 * page; double click or Escape goes back to the span before; Enter or a click opens the requests behind a bucket. The same values stand in
 * a table.
 */
export function TimeChart(props: TimeChartProps) {
  const { label, data, kind, range, height = 220, isCompact = false, formatValue, onOpenBucket, children } = props;
  const t = useTranslations("charts");
  const format = useFormatter();
  const [ref, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [isTable, setIsTable] = useState(false);
  const [isolated, setIsolated] = useState<readonly string[]>([]);
  const isDragging = useRef(false);
  const openedAtMs = useRef(Number.NEGATIVE_INFINITY);
  const { buckets, series } = data;
  const allIds = useMemo(() => series.filter(({ look = "series" }) => look === "series").map(({ id }) => id), [series]);
  const shown: ChartData = useMemo(
    () => ({ buckets, series: isolated.length === 0 ? series : series.filter(({ id }) => isolated.includes(id)) }),
    [buckets, series, isolated],
  );
  const formatTime = useBucketFormat(range.bucket, range.timeZone);
  const formatTick = (ms: number) => formatTime(ms, "short");
  const formatBucket = (ms: number) => formatTime(ms, "long");
  const isEmpty = series.every(({ values }) => values.every((value) => value === null || value === 0));

  const indexAt = (event: PointerEvent<HTMLElement>): number | null => {
    const point = localPoint(event.currentTarget, event);
    if (point === null || buckets.length === 0) return null;
    const share = (point.x - margin.left) / (width - margin.left - margin.right);
    return share < 0 || share > 1 ? null : Math.min(buckets.length - 1, Math.floor(share * buckets.length));
  };
  const choose = (first: number, last: number) => {
    const start = buckets[Math.min(first, last)];
    const end = buckets[Math.max(first, last)];
    setAnchor(null);
    if (start !== undefined && end !== undefined) range.chooseSpan(start.startMs, Math.min(end.endMs, range.nowMs));
  };
  const open = (index: number) => {
    const bucket = buckets[index];
    if (bucket !== undefined) onOpenBucket?.(bucket.startMs, bucket.endMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = buckets.length - 1;
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const from = active ?? (step === 1 ? -1 : buckets.length);
      setActive(Math.min(last, Math.max(0, from + step)));
      setAnchor(event.shiftKey ? (anchor ?? active ?? from + step) : null);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      setActive(event.key === "Home" ? 0 : last);
    } else if (event.key === "Enter" && active !== null) {
      event.preventDefault();
      if (anchor !== null && anchor !== active) choose(anchor, active);
      else open(active);
    } else if (event.key === "Escape" && (anchor !== null || range.leaveSpan !== null)) {
      event.preventDefault();
      if (anchor === null) range.leaveSpan?.();
      setAnchor(null);
    }
  };
  return (
    <div className="px-4 pt-3 pb-2">
      {!isCompact && (
        <div className="mb-2 flex min-h-8 items-start gap-x-3">
          <ChartLegend series={series} allIds={allIds} kind={kind} isolated={isolated} onIsolate={setIsolated} />
          <div className="-mt-1 flex items-center gap-2">
            {children}
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("table")}
              title={t("table")}
              aria-pressed={isTable}
              onClick={() => setIsTable(!isTable)}
            >
              <Table2 aria-hidden />
            </Button>
          </div>
        </div>
      )}
      {isTable ? (
        <ChartTable label={label} data={data} formatValue={formatValue} formatTime={formatBucket} />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a chart that is read with the arrow keys has no element of its own
        <div
          ref={ref}
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys read the chart
          tabIndex={0}
          aria-label={label}
          aria-roledescription={t("chart")}
          onKeyDown={onKeyDown}
          onBlur={() => setActive(null)}
          onPointerMove={(event) => setActive(indexAt(event))}
          onPointerLeave={() => {
            setActive(null);
            if (!isDragging.current) setAnchor(null);
          }}
          onPointerDown={(event) => {
            if (event.pointerType === "touch" || event.button !== 0) return;
            isDragging.current = true;
            setAnchor(indexAt(event));
          }}
          onPointerUp={(event) => {
            const index = indexAt(event);
            isDragging.current = false;
            if (anchor === null || index === null) return;
            if (anchor !== index) choose(anchor, index);
            else if (event.timeStamp - openedAtMs.current > doublePressMs) {
              openedAtMs.current = event.timeStamp;
              open(index);
            }
            setAnchor(null);
          }}
          // The first of its presses may have chosen a bucket: that is taken back with it.
          onDoubleClick={(event) => range.leaveSpan?.(event.timeStamp - openedAtMs.current > doublePressMs ? 1 : 2)}
          style={{ height }}
          className="relative cursor-crosshair touch-pan-y rounded outline-offset-4 select-none"
        >
          {width > 0 && (
            <Plot
              data={shown}
              allIds={allIds}
              kind={kind}
              width={width}
              height={height}
              active={active}
              selection={anchor === null || active === null || anchor === active ? null : [anchor, active]}
              formatValue={formatValue}
              formatTime={formatTick}
            />
          )}
          {isEmpty && (
            <p className="pointer-events-none absolute inset-0 grid place-items-center pb-6 pl-12 text-center text-small text-foreground-soft">
              <span className="bg-surface px-2">
                {t("empty", {
                  from: format.dateTime(new Date(range.fromMs), { dateStyle: "medium", timeStyle: "short" }),
                  to: format.dateTime(new Date(range.toMs), { dateStyle: "medium", timeStyle: "short" }),
                })}
              </span>
            </p>
          )}
          {active !== null && !isEmpty && (
            <ChartTooltip
              title={formatBucket(buckets[active]?.startMs ?? 0)}
              isRunning={buckets[active]?.isRunning === true}
              rows={readColumn(shown.series, active)}
              allIds={allIds}
              kind={kind}
              formatValue={formatValue}
              x={margin.left + ((active + 0.5) / buckets.length) * (width - margin.left - margin.right)}
              width={width}
            />
          )}
          <p aria-live="polite" className="sr-only">
            {active === null
              ? ""
              : `${formatBucket(buckets[active]?.startMs ?? 0)}: ${readColumn(shown.series, active)
                  .map(({ series: { label: name }, value }) => `${name} ${value === null ? "–" : formatValue(value)}`)
                  .join(", ")}`}
          </p>
        </div>
      )}
    </div>
  );
}

function readColumn(series: readonly Series[], index: number): readonly ColumnRow[] {
  return series.map((one) => ({ series: one, value: one.values[index] ?? null }));
}
