import type { RequestListener } from "node:http";
import { GatewayError } from "@copilot-llm/model";
import { getRequestListener } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import { addAuditRoutes } from "./api/audit/routes.js";
import { addAuthRoutes } from "./api/auth/routes.js";
import { addBackupRoutes } from "./api/backup/routes.js";
import { addBatchAdminRoutes } from "./api/batches/routes.js";
import { addEventRoutes } from "./api/events/routes.js";
import { addInviteRoutes } from "./api/invites/routes.js";
import { addKeyRoutes } from "./api/keys/routes.js";
import { addOwnKeyRoutes } from "./api/me/routes.js";
import { addModelOverviewRoutes } from "./api/models/routes.js";
import { addQuotaRoutes } from "./api/quota/routes.js";
import { addRequestRoutes } from "./api/requests/routes.js";
import { type AdminApp, createAdminApp } from "./api/route/admin-app.js";
import { type BodyReaders, createRouteFactory } from "./api/route/route-factory.js";
import { addSearchRoutes } from "./api/search/routes.js";
import { addSessionRoutes } from "./api/sessions/routes.js";
import { addSettingsRoutes } from "./api/settings/routes.js";
import { addStatisticsRoutes } from "./api/statistics/routes.js";
import { addStatusRoutes } from "./api/status/routes.js";
import { addTeamRoutes } from "./api/teams/routes.js";
import { addDeviceRoutes } from "./api/tokens/device-routes.js";
import { addTokenRoutes } from "./api/tokens/routes.js";
import { addUserRoutes } from "./api/users/routes.js";
import type { AppOptions } from "./app-options.js";
import { createGuards } from "./auth/guards.js";
import { addConsoleRoutes } from "./console/console-routes.js";
import { addFileRoutes } from "./data/batches/file-routes.js";
import { addMessageBatchRoutes } from "./data/batches/message-batch-routes.js";
import { addOpenaiBatchRoutes } from "./data/batches/openai-batch-routes.js";
import { addDataRoutes } from "./data/data-routes.js";
import { addModelRoutes } from "./data/model-routes.js";
import { nearestPath } from "./data/nearest-path.js";
import { errorResponse } from "./error-map.js";
import { allowedMethods } from "./http/allowed-methods.js";
import { setCorsHeaders } from "./http/cors.js";
import { deliverJson } from "./http/deliver-json.js";
import { addHealthRoutes } from "./http/health-routes.js";
import { limitRequest } from "./http/limit-request.js";
import type { GatewayEnv } from "./http/request-context.js";
import { requestLog } from "./http/request-log.js";
import type { StartExchange } from "./http/start-exchange.js";
import { takeJsonBody } from "./http/take-json-body.js";
import { withoutInvitation } from "./http/without-invitation.js";
import { addMcpRoutes } from "./mcp/mcp-routes.js";
import { addOpenapiRoutes } from "./openapi/openapi-routes.js";
import { addMetricsRoute } from "./telemetry/metrics/metrics-routes.js";

/** Whose refusals a page of another origin is to read as well, be there a route or not. */
const openAreas = /^\/(?:openai|anthropic|v1|mcp)(?:\/|$)/;
const maxFormBytes = 16 * 1024;
const maxFormMs = 30_000;

export interface HonoApp {
  readonly app: AdminApp;
  readonly listener: RequestListener;
}

/** Every route. Some write to the Node response themselves. */
export function createHonoApp(options: AppOptions, startExchange: StartExchange): HonoApp {
  const app = createRoutes(options, startExchange);
  const serve = getRequestListener(app.fetch);
  return { app, listener: (incoming, outgoing) => void serve(incoming, outgoing) };
}

function createRoutes(options: AppOptions, startExchange: StartExchange): AdminApp {
  const { provider } = options;
  const app = createAdminApp();
  app.onError(errorResponse);
  app.notFound((context) => {
    const { method, path } = context.req;
    const allowed = allowedMethods(app, path);
    if (allowed.length > 0) {
      context.header("allow", allowed.join(", "));
      const offered = allowed.filter((one) => one !== "OPTIONS").join(", ");
      return errorResponse(
        new GatewayError("method_not_allowed", `${method} is not offered here; use ${offered}.`),
        context,
      );
    }
    const nearest = nearestPath(path);
    const hint = nearest === null ? "" : ` Did you mean ${nearest}?`;
    return errorResponse(
      new GatewayError("not_found", `There is nothing at ${method} ${withoutInvitation(path)}.${hint}`),
      context,
    );
  });
  app.use(requestLog(startExchange), allowOrigins(options.corsOrigins), limitRequest);
  const guards = createGuards(provider.signIn);

  addHealthRoutes(app, options);
  addMetricsRoute(app, guards, options);
  addDataRoutes(app, options);
  addModelRoutes(app, options);
  addFileRoutes(app, options);
  addOpenaiBatchRoutes(app, options);
  addMessageBatchRoutes(app, options);
  addMcpRoutes(app, options);
  for (const path of ["/api/*", "/me", "/openapi.json"]) app.use(path, deliverJson());
  const route = createRouteFactory(guards, bodyReaders(options));
  addAuthRoutes(app, route, options);
  addStatusRoutes(app, route, options);
  addDeviceRoutes(app, route, options);
  addTokenRoutes(app, route, options);
  addKeyRoutes(app, route, options);
  addOwnKeyRoutes(app, route, options);
  addInviteRoutes(app, route, options);
  addTeamRoutes(app, route, provider);
  addModelOverviewRoutes(app, route, provider);
  addStatisticsRoutes(app, route, options);
  addQuotaRoutes(app, route, provider);
  addEventRoutes(app, route, options);
  addSessionRoutes(app, route, provider, options.clock);
  addRequestRoutes(app, route, provider);
  addSearchRoutes(app, route, provider);
  addUserRoutes(app, route, provider.users);
  addBatchAdminRoutes(app, route, provider);
  addSettingsRoutes(app, route, provider.settings, options.startSettings);
  addAuditRoutes(app, route, provider.audit, options.clock);
  addBackupRoutes(app, route, options);
  addOpenapiRoutes(app, options.version);
  if (options.consoleFiles !== null) addConsoleRoutes(app, options.consoleFiles);
  return app;
}

function allowOrigins(origins: AppOptions["corsOrigins"]): MiddlewareHandler<GatewayEnv> {
  return function allowOrigin(context, next) {
    if (openAreas.test(context.req.path)) setCorsHeaders(context, origins);
    return next();
  };
}

/** What strangers and viewers send is a form's worth; an admin is trusted with as much as a key. */
function bodyReaders({ clock, maxBodyBytes }: AppOptions): BodyReaders {
  const form = takeJsonBody({ clock, maxBytes: Math.min(maxBodyBytes, maxFormBytes), wholeWithinMs: maxFormMs });
  return {
    public: form,
    user: form,
    key: form,
    admin: takeJsonBody({ clock, maxBytes: maxBodyBytes, wholeWithinMs: null }),
  };
}
