import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar, Line, LinePath } from "@visx/shape";
import { useId, useMemo } from "react";
import { type ChartData, maxOf, readTicks, type Series } from "#lib/charts/chart-data";
import { assignColors, seriesFills, seriesStrokes } from "#lib/charts/series-colors";
import { classNames } from "#lib/class-names";

export const margin = { top: 8, right: 8, bottom: 24, left: 46 } as const;

const tickHalfWidth = 28;

interface PlotProps {
  data: ChartData;
  /** Ids of the series, shown or not, so that hiding one changes no colour. */
  allIds: readonly string[];
  kind: "bars" | "lines";
  width: number;
  height: number;
  /** The bucket under the pointer or the keys. */
  active: number | null;
  /** The first and last bucket of a selection that is being made. */
  selection: readonly [number, number] | null;
  formatValue: (value: number) => string;
  formatTime: (ms: number) => string;
}

/** The drawing of a chart over time. All of it is decoration for screen readers, who get the values as text. */
export function Plot(props: PlotProps) {
  const { data, allIds, kind, width, height, active, selection, formatValue, formatTime } = props;
  const hatchId = useId();
  const { buckets, series } = data;
  const colors = useMemo(() => assignColors(allIds), [allIds]);
  const xScale = scaleBand<number>({
    domain: buckets.map((_bucket, index) => index),
    range: [margin.left, width - margin.right],
    paddingInner: 0.25,
  });
  const yScale = scaleLinear<number>({
    domain: [0, maxOf(data, kind === "bars") || 1],
    range: [height - margin.bottom, margin.top],
    nice: 3,
  });
  const step = Math.max(1, Math.ceil(buckets.length / Math.max(2, Math.floor((width - margin.left) / 92))));
  const barWidth = Math.max(1, xScale.bandwidth());
  const xOf = (index: number) => xScale(index) ?? 0;
  return (
    <svg aria-hidden width={width} height={height} className="block animate-fade-in">
      <defs>
        <pattern id={hatchId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="5" className="fill-surface" opacity="0.55" />
        </pattern>
      </defs>
      {readTicks(yScale.ticks(3), data).map((value) => (
        <g key={value}>
          <Line
            from={{ x: margin.left, y: yScale(value) }}
            to={{ x: width - margin.right, y: yScale(value) }}
            className="stroke-line"
          />
          <text
            x={margin.left - 8}
            y={yScale(value)}
            dy="0.32em"
            textAnchor="end"
            className="fill-foreground-soft text-tick tabular-nums"
          >
            {value === 0 ? "0" : formatValue(value)}
          </text>
        </g>
      ))}
      {buckets.map(({ startMs }, index) =>
        index % step === 0 ? (
          <text
            key={startMs}
            // The last one would be cut at the edge.
            {...(xOf(index) + barWidth / 2 > width - tickHalfWidth
              ? { x: width, textAnchor: "end" }
              : { x: xOf(index) + barWidth / 2, textAnchor: "middle" })}
            y={height - 6}
            className="fill-foreground-soft text-tick"
          >
            {formatTime(startMs)}
          </text>
        ) : null,
      )}
      {selection !== null && (
        <Bar
          x={xOf(Math.min(...selection))}
          y={margin.top}
          width={xOf(Math.max(...selection)) - xOf(Math.min(...selection)) + barWidth}
          height={height - margin.top - margin.bottom}
          className="fill-accent/15"
        />
      )}
      {active !== null && (
        <Bar
          x={xOf(active) - 2}
          y={margin.top}
          width={barWidth + 4}
          height={height - margin.top - margin.bottom}
          className="fill-foreground/5"
        />
      )}
      {kind === "bars"
        ? buckets.map((bucket, index) => {
            let top = 0;
            return (
              <g key={bucket.startMs}>
                {series.map((one) => {
                  const value = one.values[index] ?? 0;
                  if (value <= 0) return null;
                  const y = yScale(top + value);
                  const barHeight = Math.max(1, yScale(top) - y);
                  top += value;
                  return (
                    <Bar
                      key={one.id}
                      x={xOf(index)}
                      y={y}
                      width={barWidth}
                      height={barHeight}
                      className={fillOf(one, colors)}
                    />
                  );
                })}
                {bucket.isRunning && top > 0 && (
                  <Bar
                    x={xOf(index)}
                    y={yScale(top)}
                    width={barWidth}
                    height={yScale(0) - yScale(top)}
                    fill={`url(#${hatchId})`}
                  />
                )}
              </g>
            );
          })
        : series.map((one) => (
            <LinePath
              key={one.id}
              data={buckets.map((_bucket, index) => index)}
              defined={(index) => one.values[index] != null}
              x={(index) => xOf(index) + barWidth / 2}
              y={(index) => yScale(one.values[index] ?? 0)}
              strokeWidth={1.5}
              strokeLinejoin="round"
              strokeLinecap="round"
              className={strokeOf(one, colors)}
            />
          ))}
      {kind === "lines" &&
        series.flatMap((one) =>
          one.values.map((value, index) => {
            // A point with nothing on either side would be no line at all.
            const isAlone = value != null && one.values[index - 1] == null && one.values[index + 1] == null;
            return value != null && (isAlone || index === active) ? (
              <circle
                key={`${one.id} ${buckets[index]?.startMs}`}
                cx={xOf(index) + barWidth / 2}
                cy={yScale(value)}
                r={2.5}
                className={fillOf(one, colors)}
              />
            ) : (
              []
            );
          }),
        )}
    </svg>
  );
}

function fillOf({ id, look = "series" }: Series, colors: ReadonlyMap<string, number>): string {
  if (look === "danger") return "fill-danger";
  if (look === "other") return "fill-series-other";
  if (look === "dotted") return "fill-series-2";
  if (look === "solid" || look === "dashed") return "fill-series-1";
  return seriesFills[colors.get(id) ?? 0] ?? seriesFills[0];
}

function strokeOf({ id, look = "series" }: Series, colors: ReadonlyMap<string, number>): string {
  const dash = look === "dashed" ? "[stroke-dasharray:5_4]" : look === "dotted" ? "[stroke-dasharray:2_3]" : "";
  if (look === "danger") return "stroke-danger";
  if (look === "other") return "stroke-series-other";
  if (look === "series") return seriesStrokes[colors.get(id) ?? 0] ?? seriesStrokes[0];
  return classNames(look === "dotted" ? "stroke-series-2" : "stroke-series-1", dash);
}
