import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeStatistics, type StatisticsSpan } from "./encode.js";
import { getSparklines, getStatistics } from "./operations.js";
import { readSparklines } from "./sparklines.js";

const defaultSpanMs = 30 * 24 * 60 * 60_000;

type StoredQuery = Parameters<Provider["statistics"]["report"]>[0];

type StatisticsQuery = Omit<StoredQuery, "groupBy"> & { readonly groupBy: StoredQuery["groupBy"] | "team" };

export interface StatisticsRouteOptions {
  readonly provider: Pick<Provider, "statistics" | "reportByTeam">;
  readonly clock: Clock;
}

/** The dashboard's figures. */
export function addStatisticsRoutes(
  app: AdminApp,
  route: RouteFactory,
  { provider, clock }: StatisticsRouteOptions,
): void {
  const { statistics } = provider;
  const readSpan = async (query: StatisticsQuery): Promise<StatisticsSpan> => {
    const { fromMs, toMs, groupBy } = query;
    const failures = statistics.report({ fromMs, toMs, groupBy: "error" });
    const rows = groupBy === "team" ? provider.reportByTeam(query) : statistics.report({ ...query, groupBy });
    const [report, failed] = await Promise.all([rows, failures]);
    return { fromMs, toMs, report, failures: failed };
  };

  app.openapi(route(getStatistics), async (context) => {
    const { from, to, group_by: groupBy, split_by: splitBy, compare } = context.req.valid("query");
    const toMs = to === undefined ? clock.nowMs() : Date.parse(to);
    const fromMs = from === undefined ? toMs - defaultSpanMs : Date.parse(from);
    if (fromMs >= toMs) throw new GatewayError("invalid_request", "`from` must be before `to`.", { param: "from" });
    const query = { fromMs, toMs, groupBy, ...(splitBy === undefined ? {} : { splitBy }) };
    const before = { ...query, fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
    const [span, previous] = await Promise.all([readSpan(query), compare === undefined ? null : readSpan(before)]);
    return context.json(encodeStatistics(span, previous), 200);
  });

  app.openapi(route(getSparklines), async (context) => {
    const { by, ids, days } = context.req.valid("query");
    return context.json(await readSparklines(statistics, { by, ids, days, nowMs: clock.nowMs() }), 200);
  });
}
