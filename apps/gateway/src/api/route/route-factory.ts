import { createRoute } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import type { Access, Guards } from "../../auth/guards.js";
import type { GatewayEnv } from "../../http/request-context.js";
import { errorAnswers } from "./error-answers.js";
import type { Operation } from "./operation.js";

/** How the body of a route is taken in, by who may call it. */
export type BodyReaders = Readonly<Record<Access, MiddlewareHandler<GatewayEnv>>>;

/**
 * Makes a route of an operation: its access is enforced before anything else, its body included, and shown in the API
 * document.
 */
export function createRouteFactory(guards: Guards, bodies: BodyReaders) {
  return function route<const Declared extends Operation>(operation: Declared) {
    const access = operation["x-access"];
    return createRoute({
      tags: [tagOf(operation.path)],
      ...operation,
      middleware: [guards[access], bodies[access]],
      security: securityOf(access),
      responses: { ...operation.responses, ...errorAnswers(operation) },
    });
  };
}

function securityOf(access: Access) {
  if (access === "public") return [];
  return access === "key" ? [{ bearerKey: [] }, { apiKeyHeader: [] }] : [{ session: [] }, { bearerKey: [] }];
}

export type RouteFactory = ReturnType<typeof createRouteFactory>;

function tagOf(path: string): string {
  const [, , area = "", name = ""] = path.split("/");
  return area === "admin" ? `Admin: ${name}` : "Console";
}
