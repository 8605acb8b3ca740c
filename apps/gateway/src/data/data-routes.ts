import { type Clock, GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { principalName } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import { authenticate } from "../auth/credential.js";
import { answerPreflight, corsHeaders, setCorsHeaders } from "../http/cors.js";
import { HangUp } from "../http/hang-up.js";
import { logServed } from "../http/log-served.js";
import { readBodyInTime } from "../http/read-body-in-time.js";
import type { GatewayContext, GatewayEnv } from "../http/request-context.js";
import { writeAnswer } from "../http/write-answer.js";
import { type DataPath, dataPaths, withTrailingSlash } from "./data-paths.js";
import { protocolHeaders } from "./protocol-headers.js";
import { wireHeaders } from "./wire-headers.js";

export interface DataRouteOptions {
  readonly provider: Provider;
  readonly maxBodyBytes: number;
  readonly corsOrigins: "*" | readonly string[];
  readonly clock: Clock;
  /** False while the gateway drains. */
  readonly isAccepting: () => boolean;
}

/** The routes that models answer. Bodies go from the Node request to the Node response without web streams. */
export function addDataRoutes(app: Hono<GatewayEnv>, options: DataRouteOptions): void {
  for (const route of dataPaths) {
    const paths = withTrailingSlash(route.path);
    app.on("POST", paths, (context) => serveData(context, route, options));
    app.on("OPTIONS", paths, (context) => answerPreflight(context, options.corsOrigins));
    app.on("ALL", paths, (context) => {
      setCorsHeaders(context, options.corsOrigins);
      const upgrade = context.req.header("upgrade")?.toLowerCase();
      context.header("allow", "POST, OPTIONS");
      if (upgrade === "websocket") {
        // Codex falls back to HTTP at once on 426 only (docs/client-requirements.md#websocket-refusal).
        context.header("upgrade", "HTTP/1.1");
        return context.json(
          { error: { message: "This API is served over HTTP only.", type: "invalid_request_error" } },
          426,
        );
      }
      throw new GatewayError("method_not_allowed", `${context.req.method} is not allowed here; use POST.`);
    });
  }
}

async function serveData(context: GatewayContext, route: DataPath, options: DataRouteOptions): Promise<Response> {
  const { incoming, outgoing } = context.env;
  const requestId = context.get("requestId");
  setCorsHeaders(context, options.corsOrigins);
  if (!options.isAccepting())
    throw new GatewayError("unavailable", "The gateway is shutting down.", { retryAfterMs: 1_000 });
  const principal = await authenticate(context, options.provider);
  const hangUp = HangUp.of(outgoing);
  const body = await readBodyInTime(incoming, options.maxBodyBytes, { clock: options.clock, wholeWithinMs: null });

  const answer = await options.provider.serve({
    requestId,
    operation: route.operation,
    protocol: route.protocol,
    principal,
    body,
    wireHeaders: wireHeaders(context),
    pinnedTokenId: context.req.header("x-github-token-id") ?? null,
    clientIp: context.get("clientIp"),
    userAgent: context.req.header("user-agent") ?? null,
    signal: hangUp,
  });
  context.get("logEntry").add({ key: principalName(principal) });
  logServed(context, answer);
  const headers = [
    context.get("answerHeaders"),
    answer.headers,
    protocolHeaders(route.protocol, requestId),
    corsHeaders(options.corsOrigins, context.req.header("origin")),
  ];
  writeAnswer(outgoing, answer.status, headers, answer.body);
  return RESPONSE_ALREADY_SENT;
}
