import { GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import type { StatisticsSpan } from "./encode.js";
import { fillTimes, type TimeGrouping } from "./fill-times.js";
import { limitRows } from "./limit-rows.js";
import { type Narrowing, narrowable, narrowReport } from "./narrow-report.js";
import type { statsQuery } from "./schemas.js";

type Asked = Omit<z.output<typeof statsQuery>, "from" | "to" | "compare">;

export type SpanQuery = Asked & { readonly fromMs: number; readonly toMs: number };

type StatisticsProvider = Pick<Provider, "statistics" | "reportByTeam">;

type StoredQuery = Parameters<Provider["statistics"]["report"]>[0];

const times: readonly string[] = ["5m", "hour", "day", "week", "month"] satisfies readonly TimeGrouping[];

/** What one span of time comes to, in the rows that are asked for. */
export async function readSpan(provider: StatisticsProvider, query: SpanQuery): Promise<StatisticsSpan> {
  const { fromMs, toMs, group_by: groupBy, split_by: splitBy, limit, fill, tz: timeZone = "UTC" } = query;
  const narrowing = narrowingOf(query);
  const [report, failures] = await Promise.all([
    readRows(provider, query, narrowing),
    readReport(provider, { fromMs, toMs, groupBy: "error", ...zoneOf(query) }, narrowing),
  ]);
  const rows = limitRows(report.rows, isTime(groupBy) ? "split" : "group", limit);
  const isFilled = fill === "zero" && isTime(groupBy) && splitBy === undefined;
  return {
    fromMs,
    toMs,
    totals: report.totals,
    rows: isFilled ? fillTimes(rows, { fromMs, toMs, groupBy, timeZone }) : rows,
    failures,
  };
}

function readRows(provider: StatisticsProvider, query: SpanQuery, narrowing: Narrowing | null) {
  const { fromMs, toMs, group_by: groupBy, split_by: splitBy, include } = query;
  const withOutputRates = include === "output_tokens_per_second";
  const range = { fromMs, toMs, withOutputRates, ...(splitBy === undefined ? {} : { splitBy }) };
  if (groupBy !== "team") {
    return readReport(provider, { ...range, groupBy, ...zoneOf(query) }, narrowing);
  }
  if (narrowing === null) return provider.reportByTeam(range);
  throw new GatewayError("invalid_request", `\`${narrowing.dimension}\`: Rows by team are of all requests.`, {
    param: narrowing.dimension,
  });
}

/** Hours are those of UTC, and so are then the ends of what goes with them. */
function zoneOf({ group_by: groupBy, split_by: splitBy, tz: timeZone }: SpanQuery): Pick<StoredQuery, "timeZone"> {
  const isOfHours = [groupBy, splitBy].some((grouping) => grouping === "hour" || grouping === "5m");
  return isOfHours || timeZone === undefined ? {} : { timeZone };
}

function readReport({ statistics }: StatisticsProvider, query: StoredQuery, narrowing: Narrowing | null) {
  return narrowing === null ? statistics.report(query) : narrowReport(statistics, query, narrowing);
}

function narrowingOf(query: SpanQuery): Narrowing | null {
  const given = narrowable.flatMap((dimension) => {
    const id = query[dimension];
    return id === undefined ? [] : [{ dimension, id }];
  });
  const [first = null, second] = given;
  if (second === undefined) return first;
  throw new GatewayError(
    "invalid_request",
    `\`${second.dimension}\`: Give one of ${narrowable.map((name) => `\`${name}\``).join(", ")}.`,
    {
      param: second.dimension,
    },
  );
}

function isTime(grouping: string): grouping is TimeGrouping {
  return times.includes(grouping);
}
