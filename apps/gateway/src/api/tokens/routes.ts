import type { Provider, TokenView } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import { applyToEach } from "../route/apply-to-each.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeNewToken, decodeTokenChanges } from "./decode.js";
import { encodeTokenList, encodeTokenQuota, encodeTokenView } from "./encode.js";
import * as operations from "./operations.js";
import { readTokenSurroundings, type TokenSurroundingsSource } from "./token-surroundings.js";

export interface TokenRouteOptions extends TokenSurroundingsSource {
  readonly provider: Pick<Provider, "tokens"> & TokenSurroundingsSource["provider"];
}

/** The pooled GitHub tokens. */
export function addTokenRoutes(app: AdminApp, route: RouteFactory, options: TokenRouteOptions): void {
  const { tokens } = options.provider;
  const encode = async (view: TokenView) => encodeTokenView(view, await readTokenSurroundings(options));

  app.openapi(route(operations.listGithubTokens), async (context) =>
    context.json(encodeTokenList(await tokens.list(), await readTokenSurroundings(options)), 200),
  );

  app.openapi(route(operations.listGithubTokenQuotas), async (context) =>
    context.json({ quotas: (await tokens.quotas()).map(encodeTokenQuota) }, 200),
  );

  app.openapi(route(operations.getGithubToken), async (context) =>
    context.json(await encode(await tokens.find(context.req.valid("param").id)), 200),
  );

  app.openapi(route(operations.createGithubToken), async (context) => {
    const view = await tokens.create(actorOf(context), decodeNewToken(context.req.valid("json")));
    return context.json(await encode(view), 201);
  });

  for (const operation of [operations.updateGithubToken, operations.putGithubToken]) {
    app.openapi(route(operation), async (context) => {
      const changes = decodeTokenChanges(context.req.valid("json"));
      const view = await tokens.update(actorOf(context), context.req.valid("param").id, changes);
      return context.json(await encode(view), 200);
    });
  }

  app.openapi(route(operations.deleteGithubToken), async (context) => {
    await tokens.remove(actorOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });

  app.openapi(route(operations.toggleGithubToken), async (context) => {
    const view = await tokens.toggle(actorOf(context), context.req.valid("param").id);
    return context.json(await encode(view), 200);
  });

  addTokenChecks(app, route, options);

  app.openapi(route(operations.changeGithubTokens), async (context) => {
    const { action, ids } = context.req.valid("json");
    const actor = actorOf(context);
    const result = await applyToEach(ids, (id) =>
      action === "delete" ? tokens.remove(actor, id) : tokens.update(actor, id, { enabled: action === "enable" }),
    );
    return context.json(result, 200);
  });
}

/** What asks GitHub. */
function addTokenChecks(app: AdminApp, route: RouteFactory, options: TokenRouteOptions): void {
  const { tokens } = options.provider;

  app.openapi(route(operations.checkGithubToken), async (context) =>
    context.json(
      encodeTokenView(await tokens.check(context.req.valid("param").id), await readTokenSurroundings(options)),
      200,
    ),
  );

  app.openapi(route(operations.getGithubTokenQuota), async (context) =>
    context.json(encodeTokenQuota(await tokens.quota(context.req.valid("param").id)), 200),
  );

  app.openapi(route(operations.checkGithubTokens), async (context) => {
    const enabled = (await tokens.list()).filter(({ token }) => token.enabled);
    // One that is deleted meanwhile is no failure of the rest.
    await Promise.allSettled(enabled.map(({ token }) => tokens.check(token.id)));
    return context.json(encodeTokenList(await tokens.list(), await readTokenSurroundings(options)), 200);
  });
}
