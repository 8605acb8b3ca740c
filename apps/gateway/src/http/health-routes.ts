import type { Hono } from "hono";
import { type HealthOptions, healthPaths, readHealth } from "./health.js";
import type { GatewayEnv } from "./request-context.js";

/** For whom the short way does not take; the answers are the same. */
export function addHealthRoutes(app: Hono<GatewayEnv>, options: HealthOptions): void {
  for (const path of healthPaths) {
    app.use(path, (context, next) => {
      context.header("cache-control", "no-store");
      return next();
    });
    app.get(path, (context) => {
      const { status, headers, body } = readHealth(path, options);
      return context.json(body, status, headers);
    });
  }
}
