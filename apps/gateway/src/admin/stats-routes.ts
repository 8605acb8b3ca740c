import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { stats, statsQuery } from "../admin-api/stats-schemas.js";
import { type AdminApp, json, type RouteFactory } from "./admin-router.js";
import { encodeStatistics } from "./encode-statistics.js";

const defaultSpanMs = 30 * 24 * 60 * 60_000;

export interface StatsRouteOptions {
  readonly provider: Provider;
  readonly clock: Clock;
}

/** The dashboard's figures. */
export function addStatsRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: StatsRouteOptions): void {
  app.openapi(
    route("user", {
      method: "get",
      path: "/api/stats",
      request: { query: statsQuery },
      responses: { 200: json(stats, "Sums over the requests that began in this time") },
    }),
    async (context) => {
      const { from, to, group_by: groupBy } = context.req.valid("query");
      const toMs = to === undefined ? clock.nowMs() : Date.parse(to);
      const fromMs = from === undefined ? toMs - defaultSpanMs : Date.parse(from);
      if (fromMs >= toMs) throw new GatewayError("invalid_request", "`from` must be before `to`.", { param: "from" });
      return context.json(encodeStatistics(await provider.statistics.report({ fromMs, toMs, groupBy })), 200);
    },
  );
}
