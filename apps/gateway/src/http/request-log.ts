import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { GatewayContext, GatewayEnv } from "./request-context.js";
import type { StartExchange } from "./start-exchange.js";

/** The exchange of a request that Hono routes, where its handlers find it. */
export function requestLog(startExchange: StartExchange): MiddlewareHandler<GatewayEnv> {
  return async function logRequest(context, next) {
    const { incoming, outgoing } = context.env;
    const { path } = context.req;
    const exchange = startExchange(incoming, outgoing, { path, route: () => routeOf(context) });
    const { requestId, answerHeaders } = exchange;
    context.set("exchange", exchange);
    context.header("x-request-id", requestId);
    for (const name in answerHeaders) context.header(name, answerHeaders[name]);
    await next();
  };
}

/** The route that answered, as it was registered; null where only what is meant for every path did. */
function routeOf(context: GatewayContext): string | null {
  const path = routePath(context);
  return path === "/*" ? null : path;
}
