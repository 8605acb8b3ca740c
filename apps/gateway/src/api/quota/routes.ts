import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeCycles, encodeForecast } from "./encode.js";
import { getQuotaForecast, listQuotaCycles } from "./operations.js";

/** What is used of the quotas, and what is lost of them. */
export function addQuotaRoutes(app: AdminApp, route: RouteFactory, { quota }: Pick<Provider, "quota">): void {
  app.openapi(route(getQuotaForecast), async (context) => context.json(encodeForecast(await quota.forecast()), 200));

  app.openapi(route(listQuotaCycles), async (context) => {
    const { from } = context.req.valid("query");
    const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
    const cycles = await quota.closedCycles();
    return context.json(encodeCycles(cycles.filter(({ resetAtMs }) => resetAtMs >= fromMs)), 200);
  });
}
