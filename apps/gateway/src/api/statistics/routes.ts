import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeStatistics } from "./encode.js";
import { getStatistics } from "./operations.js";

const defaultSpanMs = 30 * 24 * 60 * 60_000;

export interface StatisticsRouteOptions {
  readonly provider: Pick<Provider, "statistics">;
  readonly clock: Clock;
}

/** The dashboard's figures. */
export function addStatisticsRoutes(
  app: AdminApp,
  route: RouteFactory,
  { provider, clock }: StatisticsRouteOptions,
): void {
  app.openapi(route(getStatistics), async (context) => {
    const { from, to, group_by: groupBy } = context.req.valid("query");
    const toMs = to === undefined ? clock.nowMs() : Date.parse(to);
    const fromMs = from === undefined ? toMs - defaultSpanMs : Date.parse(from);
    if (fromMs >= toMs) throw new GatewayError("invalid_request", "`from` must be before `to`.", { param: "from" });
    return context.json(encodeStatistics(await provider.statistics.report({ fromMs, toMs, groupBy })), 200);
  });
}
