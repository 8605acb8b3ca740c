import { GatewayError } from "@copilot-llm/model";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import { answerPreflight, setCorsHeaders } from "../http/cors.js";
import type { GatewayEnv } from "../http/request-context.js";
import { dataPaths, withTrailingSlash } from "./data-paths.js";
import { type DataRouteOptions, serveData } from "./serve-data.js";

/** The routes that models answer, and what else is asked at their paths. Most requests never come here: see `DataLane`. */
export function addDataRoutes(app: Hono<GatewayEnv>, options: DataRouteOptions): void {
  for (const route of dataPaths) {
    const paths = withTrailingSlash(route.path);
    app.on("POST", paths, async (context) => {
      setCorsHeaders(context, options.corsOrigins);
      await serveData(context.get("exchange"), context.req, route, options);
      return RESPONSE_ALREADY_SENT;
    });
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
