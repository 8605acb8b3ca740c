import type { Log } from "@copilot-llm/model";
import type { Ids } from "@copilot-llm/provider";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { CidrList } from "../env/cidr-list.js";
import { clientAddress } from "./client-address.js";
import type { ObserveExchange } from "./ended-exchange.js";
import type { GatewayContext, GatewayEnv } from "./request-context.js";
import { RequestLogEntry } from "./request-log-entry.js";
import type { StartSpan } from "./request-span.js";

/** Asked again and again by probes; logged only at debug level. */
const probes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

export interface RequestLogOptions {
  readonly log: Log;
  readonly ids: Ids;
  readonly trustProxy: CidrList;
  /** Hears of every request when its answer has ended. */
  readonly onExchange: ObserveExchange;
  readonly startSpan: StartSpan;
}

/** Gives each request its id and writes one wide log line when its answer has ended, however it ended. */
export function requestLog(options: RequestLogOptions): MiddlewareHandler<GatewayEnv> {
  const { log, ids, trustProxy, onExchange, startSpan } = options;
  return async function logRequest(context, next) {
    const { incoming, outgoing } = context.env;
    const startedAt = performance.now();
    const requestId = ids("req");
    const clientIp = clientAddress(incoming, trustProxy);
    const entry = new RequestLogEntry();
    const span = startSpan(requestId, incoming);
    context.set("requestId", requestId);
    context.set("clientIp", clientIp);
    context.set("logEntry", entry);
    context.header("x-request-id", requestId);
    outgoing.on("close", () => {
      const { method = "" } = incoming;
      const status = outgoing.statusCode;
      const durationMs = Math.round(performance.now() - startedAt);
      span?.close();
      const ended = outgoing.writableFinished ? {} : { aborted: true };
      entry.complete((fields) => {
        const exchange = { method, route: routeOf(context), status, errorCode: fields.error_code ?? null };
        onExchange(exchange);
        span?.end(exchange);
        const line = {
          request_id: requestId,
          method,
          path: withoutInvitation(context.req.path),
          status,
          duration_ms: durationMs,
          client_ip: clientIp,
          user_agent: incoming.headers["user-agent"],
          ...ended,
          ...fields,
        };
        if (probes.has(context.req.path)) log.debug("request", line);
        else log.info("request", line);
      });
    });
    await next();
  };
}

/** The route that answered, as it was registered; null where only what is meant for every path did. */
function routeOf(context: GatewayContext): string | null {
  const path = routePath(context);
  return path === "/*" ? null : path;
}

/** Whoever reads the log must not be able to join with somebody's invitation. */
function withoutInvitation(path: string): string {
  return path.replace(/^((?:\/api)?\/join\/)[^/]+/, "$1…");
}
