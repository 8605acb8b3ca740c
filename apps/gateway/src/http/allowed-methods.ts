import type { Env, Hono } from "hono";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The methods that routes offer at a path, for `allow`; none where no route has it, but for one that takes every path. */
export function allowedMethods<Routed extends Env>(app: Hono<Routed>, path: string): readonly string[] {
  return methods.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method && route.path !== "/*"),
  );
}
