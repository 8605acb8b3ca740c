import type { TokenAdmin } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeNewToken, decodeTokenChanges } from "./decode.js";
import { encodeTokenQuota, encodeTokenView } from "./encode.js";
import * as operations from "./operations.js";

/** The pooled GitHub tokens. */
export function addTokenRoutes(app: AdminApp, route: RouteFactory, tokens: TokenAdmin): void {
  app.openapi(route(operations.listGithubTokens), async (context) => {
    const views = (await tokens.list()).map(encodeTokenView);
    const active = views.filter((view) => view.status === "active").length;
    return context.json({ tokens: views, total: views.length, active }, 200);
  });

  app.openapi(route(operations.listGithubTokenQuotas), async (context) =>
    context.json({ quotas: (await tokens.quotas()).map(encodeTokenQuota) }, 200),
  );

  app.openapi(route(operations.createGithubToken), async (context) => {
    const view = await tokens.create(context.get("user").username, decodeNewToken(context.req.valid("json")));
    return context.json(encodeTokenView(view), 201);
  });

  for (const operation of [operations.updateGithubToken, operations.putGithubToken]) {
    app.openapi(route(operation), async (context) => {
      const changes = decodeTokenChanges(context.req.valid("json"));
      const view = await tokens.update(context.get("user").username, context.req.valid("param").id, changes);
      return context.json(encodeTokenView(view), 200);
    });
  }

  app.openapi(route(operations.deleteGithubToken), async (context) => {
    await tokens.remove(context.get("user").username, context.req.valid("param").id);
    return context.body(null, 204);
  });

  app.openapi(route(operations.toggleGithubToken), async (context) => {
    const view = await tokens.toggle(context.get("user").username, context.req.valid("param").id);
    return context.json(encodeTokenView(view), 200);
  });

  app.openapi(route(operations.checkGithubToken), async (context) =>
    context.json(encodeTokenView(await tokens.check(context.req.valid("param").id)), 200),
  );

  app.openapi(route(operations.getGithubTokenQuota), async (context) =>
    context.json(encodeTokenQuota(await tokens.quota(context.req.valid("param").id)), 200),
  );
}
