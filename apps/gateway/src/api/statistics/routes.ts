import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { countRequests } from "./count-requests.js";
import { encodeStatistics } from "./encode.js";
import { getRequestCounts, getSparklines, getStatistics } from "./operations.js";
import { readSpan } from "./read-span.js";
import { readSparklines } from "./sparklines.js";

const defaultSpanMs = 30 * 24 * 60 * 60_000;

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
  app.openapi(route(getStatistics), async (context) => {
    const { from, to, compare, ...asked } = context.req.valid("query");
    const { fromMs, toMs } = resolveRange(from, to, clock.nowMs());
    const span = { ...asked, fromMs, toMs };
    const before = { ...asked, fromMs: fromMs - (toMs - fromMs), toMs: fromMs };
    const [now, previous] = await Promise.all([
      readSpan(provider, span),
      compare === undefined ? null : readSpan(provider, before),
    ]);
    return context.json(encodeStatistics(now, previous), 200);
  });

  app.openapi(route(getRequestCounts), async (context) => {
    const { from, to } = context.req.valid("query");
    return context.json(await countRequests(statistics, resolveRange(from, to, clock.nowMs())), 200);
  });

  app.openapi(route(getSparklines), async (context) => {
    const { by, ids, days } = context.req.valid("query");
    return context.json(await readSparklines(statistics, { by, ids, days, nowMs: clock.nowMs() }), 200);
  });
}

function resolveRange(from: string | undefined, to: string | undefined, nowMs: number) {
  const toMs = to === undefined ? nowMs : Date.parse(to);
  const fromMs = from === undefined ? toMs - defaultSpanMs : Date.parse(from);
  if (fromMs >= toMs) throw new GatewayError("invalid_request", "`from` must be before `to`.", { param: "from" });
  return { fromMs, toMs };
}
