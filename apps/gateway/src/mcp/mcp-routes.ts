import { GatewayError } from "@copilot-llm/model";
import type { Hono } from "hono";
import { withTrailingSlash } from "../data/data-paths.js";
import { corsHeaders, preflightHeaders } from "../http/cors.js";
import type { GatewayEnv } from "../http/request-context.js";
import { createLoader } from "../loading/create-loader.js";
import type { McpRouteOptions } from "./mcp-endpoint.js";

const paths = withTrailingSlash("/mcp");

/**
 * MCP over Streamable HTTP, with the keys of the data routes: a chat is a request like any other to limits, accounting
 * and recording. The server has nothing to say unasked, so it offers no `GET` stream.
 */
export function addMcpRoutes(app: Hono<GatewayEnv>, options: McpRouteOptions): void {
  const openEndpoint = createLoader(async () => (await import("./mcp-endpoint.js")).createMcpEndpoint(options));
  app.on(["POST", "DELETE"], paths, async (context) => (await openEndpoint())(context));
  app.on("OPTIONS", paths, (context) => {
    const cors = corsHeaders(options.corsOrigins, context.req.header("origin"));
    const headers = preflightHeaders(cors, context.req.header("access-control-request-headers"));
    const methods = "access-control-allow-methods" in headers ? { "access-control-allow-methods": "POST, DELETE" } : {};
    return context.body(null, 204, { ...headers, ...methods });
  });
  app.on("ALL", paths, (context) => {
    context.header("allow", "POST, DELETE, OPTIONS");
    throw new GatewayError("method_not_allowed", `${context.req.method} is not offered here; use POST.`);
  });
}
