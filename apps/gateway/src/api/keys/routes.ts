import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import { applyToEach } from "../route/apply-to-each.js";
import type { RouteFactory } from "../route/route-factory.js";
import { assertEndsLater, decodeKeyChanges, decodeNewKey } from "./decode.js";
import { encodeIssuedKey, encodeKeyView } from "./encode.js";
import * as operations from "./operations.js";
import { pageKeys } from "./page-keys.js";
import { type KeyTester, testKey } from "./test-key.js";

export interface KeyRouteOptions {
  readonly provider: Pick<Provider, "keys"> & KeyTester;
  readonly clock: Clock;
}

/** The managed keys. */
export function addKeyRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: KeyRouteOptions): void {
  const { keys } = provider;

  app.openapi(route(operations.listApiKeys), async (context) => {
    const nowMs = clock.nowMs();
    const views = (await keys.list()).map((view) => encodeKeyView(view, nowMs));
    return context.json(pageKeys(views, context.req.valid("query"), nowMs), 200);
  });

  app.openapi(route(operations.getApiKey), async (context) => {
    const view = await keys.find(context.req.valid("param").id);
    return context.json(encodeKeyView(view, clock.nowMs()), 200);
  });

  app.openapi(route(operations.createApiKey), async (context) => {
    const issued = await keys.create(actorOf(context), decodeNewKey(context.req.valid("json"), clock.nowMs()));
    return context.json(encodeIssuedKey(issued, clock.nowMs()), 201);
  });

  for (const operation of [operations.updateApiKey, operations.putApiKey]) {
    app.openapi(route(operation), async (context) => {
      const changes = decodeKeyChanges(context.req.valid("json"));
      const view = await keys.update(actorOf(context), context.req.valid("param").id, changes);
      return context.json(encodeKeyView(view, clock.nowMs()), 200);
    });
  }

  app.openapi(route(operations.deleteApiKey), async (context) => {
    await keys.remove(actorOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });

  app.openapi(route(operations.changeApiKeys), async (context) => {
    const { action, ids } = context.req.valid("json");
    const actor = actorOf(context);
    const result = await applyToEach(ids, (id) =>
      action === "delete" ? keys.remove(actor, id) : keys.update(actor, id, { enabled: action === "enable" }),
    );
    return context.json(result, 200);
  });

  app.openapi(route(operations.rotateApiKey), async (context) => {
    const { overlap_until: until } = context.req.valid("query");
    assertEndsLater(until, "overlap_until", clock.nowMs());
    const untilMs = until === undefined ? null : Date.parse(until);
    const issued = await keys.rotate(actorOf(context), context.req.valid("param").id, untilMs);
    return context.json(encodeIssuedKey(issued, clock.nowMs()), 200);
  });

  app.openapi(route(operations.testApiKey), async (context) => {
    await testKey(context, provider, context.req.valid("param").id, context.req.valid("json"));
    return RESPONSE_ALREADY_SENT;
  });

  app.openapi(route(operations.resetApiKeyUsage), async (context) => {
    const view = await keys.resetUsage(actorOf(context), context.req.valid("param").id);
    return context.json(encodeKeyView(view, clock.nowMs()), 200);
  });
}
