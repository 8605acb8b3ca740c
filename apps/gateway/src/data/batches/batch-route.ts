import { type Clock, GatewayError, type Protocol } from "@copilot-llm/model";
import { type Principal, type Provider, principalName } from "@copilot-llm/provider";
import type { Hono } from "hono";
import { authenticate } from "../../auth/credential.js";
import { answerPreflight, setCorsHeaders } from "../../http/cors.js";
import type { GatewayContext, GatewayEnv } from "../../http/request-context.js";
import { withTrailingSlash } from "../data-paths.js";
import { protocolHeaders } from "../protocol-headers.js";

export interface BatchRouteOptions {
  readonly provider: Provider;
  readonly corsOrigins: "*" | readonly string[];
  readonly clock: Clock;
  /** Of an uploaded file, and of a message batch's body. */
  readonly batchFileMaxBytes: number;
  readonly maxBodyBytes: number;
  /** False while the gateway drains. */
  readonly isAccepting: () => boolean;
}

/** One method of a path, for whoever holds a key. */
export interface BatchRoute {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Makes what is not taken while batches are turned off: then nothing of the request is looked at. */
  readonly isIntake?: true;
  readonly answer: (context: GatewayContext, principal: Principal) => Promise<Response>;
}

/** Adds routes of one protocol; what they throw is told in it. */
export function addBatchRoutes(
  app: Hono<GatewayEnv>,
  protocol: Protocol,
  routes: readonly BatchRoute[],
  { provider, corsOrigins, isAccepting }: BatchRouteOptions,
): void {
  for (const { method, path, isIntake, answer } of routes) {
    app.on(method, withTrailingSlash(path), async (context) => {
      setCorsHeaders(context, corsOrigins);
      context.header("cache-control", "no-store");
      const headers = protocolHeaders(protocol, context.get("exchange").requestId);
      for (const name in headers) context.header(name, headers[name]);
      if (method !== "GET" && !isAccepting()) {
        throw new GatewayError("unavailable", "The gateway is shutting down.", { retryAfterMs: 1_000 });
      }
      const principal = await authenticate(context.req, context.get("exchange").logEntry, provider);
      context.get("exchange").logEntry.add({ key: principalName(principal) });
      if (isIntake) assertEnabled(provider);
      return answer(context, principal);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.on("OPTIONS", withTrailingSlash(path), (context) => answerPreflight(context, corsOrigins));
  }
}

/** Whoever asks in vain is not first told what is wrong with a body. In the words of the provider, which refuses as well. */
function assertEnabled({ settings }: Pick<Provider, "settings">): void {
  if (settings.read().batches.enabled) return;
  throw new GatewayError(
    "permission_denied",
    "Batches are turned off here. An admin has to turn them on in the gateway's settings.",
  );
}

/** The last part of the path, or the one that the route calls `id`. */
export function idOf(context: GatewayContext): string {
  return context.req.param("id") ?? "";
}
