import type { Log } from "@copilot-llm/model";
import type { Ids } from "@copilot-llm/provider";
import type { MiddlewareHandler } from "hono";
import type { CidrList } from "../env/cidr-list.js";
import { clientAddress } from "./client-address.js";
import type { GatewayEnv } from "./request-context.js";
import { RequestLogEntry } from "./request-log-entry.js";

/** Asked again and again by probes; logged only at debug level. */
const probes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

/** Gives each request its id and writes one wide log line when its answer has ended, however it ended. */
export function requestLog(log: Log, ids: Ids, trusted: CidrList): MiddlewareHandler<GatewayEnv> {
  return async function logRequest(context, next) {
    const { incoming, outgoing } = context.env;
    const startedAt = performance.now();
    const requestId = ids("req");
    const clientIp = clientAddress(incoming, trusted);
    const entry = new RequestLogEntry();
    context.set("requestId", requestId);
    context.set("clientIp", clientIp);
    context.set("logEntry", entry);
    context.header("x-request-id", requestId);
    outgoing.on("close", () => {
      const line = {
        request_id: requestId,
        method: incoming.method,
        path: withoutInvitation(context.req.path),
        status: outgoing.statusCode,
        duration_ms: Math.round(performance.now() - startedAt),
        client_ip: clientIp,
        user_agent: incoming.headers["user-agent"],
        ...(outgoing.writableFinished ? {} : { aborted: true }),
        ...entry.fields(),
      };
      if (probes.has(context.req.path)) log.debug("request", line);
      else log.info("request", line);
    });
    await next();
  };
}

/** Whoever reads the log must not be able to join with somebody's invitation. */
function withoutInvitation(path: string): string {
  return path.replace(/^((?:\/api)?\/join\/)[^/]+/, "$1…");
}
