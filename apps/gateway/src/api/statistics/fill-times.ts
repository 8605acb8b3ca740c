import { dayMs, GatewayError, hourMs, utcDate } from "@copilot-llm/model";
import type { LimitedRow } from "./limit-rows.js";
import { sumFigures } from "./sum-figures.js";

export type TimeGrouping = "5m" | "hour" | "day" | "week" | "month";

export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly groupBy: TimeGrouping;
  readonly timeZone: string;
}

/** More are not looked at one by one. */
const mostTimes = 5_000;

const stepMs = { "5m": hourMs / 12, hour: hourMs, day: dayMs, week: 7 * dayMs, month: 28 * dayMs } as const;

/** The rows with one for each time of the range, in order. Throws `invalid_request` where these are too many. */
export function fillTimes(rows: readonly LimitedRow[], range: TimeRange): readonly LimitedRow[] {
  const byName = new Map(rows.map((row) => [row.group, row]));
  return listTimes(range).map((name) => byName.get(name) ?? createEmptyRow(name));
}

function listTimes({ fromMs, toMs, groupBy, timeZone }: TimeRange): readonly string[] {
  if ((toMs - fromMs) / stepMs[groupBy] > mostTimes) {
    throw new GatewayError("invalid_request", `\`fill\`: There would be more than ${mostTimes} rows.`, {
      param: "fill",
    });
  }
  if (groupBy === "5m" || groupBy === "hour") {
    const step = stepMs[groupBy];
    const firstMs = Math.floor(fromMs / step) * step;
    return Array.from({ length: Math.ceil((toMs - firstMs) / step) }, (_, index) =>
      new Date(firstMs + index * step).toISOString(),
    );
  }
  const [first, last] = localDates([fromMs, toMs - 1], timeZone);
  const names = new Set<string>();
  for (let atMs = first; atMs <= last; atMs += dayMs) names.add(nameOf(atMs, groupBy));
  return [...names];
}

/** The dates of two moments in the zone, as if they were of UTC. */
function localDates([from, to]: readonly [number, number], timeZone: string): readonly [number, number] {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return [Date.parse(format.format(from)), Date.parse(format.format(to))];
}

function nameOf(dateMs: number, groupBy: "day" | "week" | "month"): string {
  if (groupBy === "month") return utcDate(dateMs).slice(0, 7);
  // Sunday is 0.
  const daysSinceMonday = (new Date(dateMs).getUTCDay() + 6) % 7;
  return utcDate(groupBy === "week" ? dateMs - daysSinceMonday * dayMs : dateMs);
}

function createEmptyRow(name: string): LimitedRow {
  return { ...sumFigures([]), group: name, label: name, split: null, splitLabel: null, isOther: false };
}
