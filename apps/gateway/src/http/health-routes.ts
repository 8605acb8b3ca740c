import type { Provider } from "@copilot-llm/provider";
import type { Hono } from "hono";
import type { GatewayEnv } from "./request-context.js";

export interface HealthRouteOptions {
  readonly provider: Provider;
  readonly version: string;
  readonly isAccepting: () => boolean;
}

/** `/health`: the process lives. `/ready`: a token can serve, and records can be written. */
export function addHealthRoutes(app: Hono<GatewayEnv>, { provider, version, isAccepting }: HealthRouteOptions): void {
  for (const path of ["/health", "/ready"]) {
    app.use(path, (context, next) => {
      context.header("cache-control", "no-store");
      return next();
    });
  }
  app.get("/health", (context) => context.json({ status: "ok", version }));
  app.get("/ready", (context) => {
    if (!isAccepting()) return context.json({ ready: false, reason: "The gateway is shutting down." }, 503);
    const readiness = provider.readiness();
    return context.json(readiness, readiness.ready ? 200 : 503);
  });
}
