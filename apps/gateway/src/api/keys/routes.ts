import type { KeyAdmin } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeKeyChanges, decodeNewKey } from "./decode.js";
import { encodeIssuedKey, encodeKeyView } from "./encode.js";
import * as operations from "./operations.js";

/** The managed keys. */
export function addKeyRoutes(app: AdminApp, route: RouteFactory, keys: KeyAdmin): void {
  app.openapi(route(operations.listApiKeys), async (context) =>
    context.json({ keys: (await keys.list()).map(encodeKeyView) }, 200),
  );

  app.openapi(route(operations.createApiKey), async (context) => {
    const issued = await keys.create(context.get("user").username, decodeNewKey(context.req.valid("json")));
    return context.json(encodeIssuedKey(issued), 201);
  });

  for (const operation of [operations.updateApiKey, operations.putApiKey]) {
    app.openapi(route(operation), async (context) => {
      const changes = decodeKeyChanges(context.req.valid("json"));
      const view = await keys.update(context.get("user").username, context.req.valid("param").id, changes);
      return context.json(encodeKeyView(view), 200);
    });
  }

  app.openapi(route(operations.deleteApiKey), async (context) => {
    await keys.remove(context.get("user").username, context.req.valid("param").id);
    return context.body(null, 204);
  });

  app.openapi(route(operations.rotateApiKey), async (context) => {
    const issued = await keys.rotate(context.get("user").username, context.req.valid("param").id);
    return context.json(encodeIssuedKey(issued), 200);
  });

  app.openapi(route(operations.resetApiKeyUsage), async (context) => {
    const view = await keys.resetUsage(context.get("user").username, context.req.valid("param").id);
    return context.json(encodeKeyView(view), 200);
  });
}
