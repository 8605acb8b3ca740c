import { GatewayError } from "@copilot-llm/model";
import type { Hono } from "hono";
import { corsHeaders, preflightHeaders } from "../http/cors.js";
import type { GatewayEnv } from "../http/request-context.js";
import type { McpEndpoint, McpRouteOptions } from "./mcp-endpoint.js";

const path = "/mcp";

/**
 * MCP over Streamable HTTP, with the keys of the data routes: a chat is a request like any other to limits, accounting
 * and recording. The server has nothing to say unasked, so it offers no `GET` stream.
 */
export function addMcpRoutes(app: Hono<GatewayEnv>, options: McpRouteOptions): void {
  let endpoint: Promise<McpEndpoint> | null = null;
  app.on(["POST", "DELETE"], path, async (context) => {
    endpoint ??= import("./mcp-endpoint.js").then(({ createMcpEndpoint }) => createMcpEndpoint(options));
    return (await endpoint)(context);
  });
  app.options(path, (context) => {
    const cors = corsHeaders(options.corsOrigins, context.req.header("origin"));
    const headers = preflightHeaders(cors, context.req.header("access-control-request-headers"));
    const methods = "access-control-allow-methods" in headers ? { "access-control-allow-methods": "POST, DELETE" } : {};
    return context.body(null, 204, { ...headers, ...methods });
  });
  app.all(path, (context) => {
    context.header("allow", "POST, DELETE, OPTIONS");
    throw new GatewayError("method_not_allowed", `${context.req.method} is not offered here; use POST.`);
  });
}
