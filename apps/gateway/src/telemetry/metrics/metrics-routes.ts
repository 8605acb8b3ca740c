import type { Secret } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { Hono, MiddlewareHandler } from "hono";
import { bearerOf } from "../../auth/credential.js";
import type { Guards } from "../../auth/guards.js";
import { isSameSecret } from "../../auth/is-same-secret.js";
import type { GatewayEnv } from "../../http/request-context.js";
import type { Metrics } from "./metrics.js";

export interface MetricsRouteOptions {
  readonly provider: Pick<Provider, "status" | "tokenInsights" | "batches">;
  readonly metrics: Metrics;
  /** What Prometheus brings; null: only an admin's session opens it. */
  readonly metricsToken: Secret | null;
}

/** `GET /metrics`, for Prometheus. Asks neither GitHub nor the stores, so that it answers when these do not. */
export function addMetricsRoute(app: Hono<GatewayEnv>, guards: Guards, options: MetricsRouteOptions): void {
  const { provider, metrics, metricsToken } = options;
  app.get("/metrics", admitScraper(metricsToken, guards), async (context) => {
    const text = await metrics.encode({
      status: provider.status(),
      insights: provider.tokenInsights(),
      batches: provider.batches.readRunner(),
    });
    return context.body(text, 200, { "content-type": metrics.contentType, "cache-control": "no-store" });
  });
}

function admitScraper(metricsToken: Secret | null, guards: Guards): MiddlewareHandler<GatewayEnv> {
  return async function admit(context, next) {
    const bearer = bearerOf(context.req);
    if (metricsToken !== null && bearer !== null && isSameSecret(bearer, metricsToken)) await next();
    else await guards.admin(context, next);
  };
}
