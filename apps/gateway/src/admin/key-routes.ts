import type { IssuedKey, KeyAdmin } from "@copilot-llm/provider";
import {
  apiKeyList,
  apiKeyView,
  createApiKeyBody,
  createdApiKey,
  updateApiKeyBody,
} from "../admin-api/api-key-schemas.js";
import { idParam } from "../admin-api/fields.js";
import type { CreatedApiKey } from "../admin-api/index.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { decodeKeyChanges, decodeNewKey } from "./decode-key-body.js";
import { encodeKeyView } from "./encode-views.js";

const root = "/api/admin/api-keys";

/** The managed keys. */
export function addKeyRoutes(app: AdminApp, route: RouteFactory, keys: KeyAdmin): void {
  app.openapi(
    route("user", {
      method: "get",
      path: root,
      responses: { 200: json(apiKeyList, "Every key, in order of creation") },
    }),
    async (context) => context.json({ keys: (await keys.list()).map(encodeKeyView) }, 200),
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: root,
      request: jsonBody(createApiKeyBody, "Its name and limits; what is left out follows the settings' defaults"),
      responses: { 201: json(createdApiKey, "The key; its value is shown this once") },
    }),
    async (context) => {
      const settings = decodeNewKey(context.req.valid("json"));
      return context.json(encodeIssuedKey(await keys.create(context.get("user").username, settings)), 201);
    },
  );

  for (const method of ["patch", "put"] as const) {
    app.openapi(
      route("admin", {
        method,
        path: `${root}/{id}`,
        request: { ...idParam, ...jsonBody(updateApiKeyBody, "What is to change") },
        responses: { 200: json(apiKeyView, "The changed key") },
      }),
      async (context) => {
        const changes = decodeKeyChanges(context.req.valid("json"));
        const view = await keys.update(context.get("user").username, context.req.valid("param").id, changes);
        return context.json(encodeKeyView(view), 200);
      },
    );
  }

  app.openapi(
    route("admin", {
      method: "delete",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 204: { description: "Gone; it opens nothing any more" } },
    }),
    async (context) => {
      await keys.remove(context.get("user").username, context.req.valid("param").id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/{id}/rotate`,
      request: idParam,
      responses: { 200: json(createdApiKey, "The same key with a new value, shown this once; the old one ends now") },
    }),
    async (context) => {
      const issued = await keys.rotate(context.get("user").username, context.req.valid("param").id);
      return context.json(encodeIssuedKey(issued), 200);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/{id}/reset-usage`,
      request: idParam,
      responses: { 200: json(apiKeyView, "The key with its budgets counting from zero") },
    }),
    async (context) => {
      const view = await keys.resetUsage(context.get("user").username, context.req.valid("param").id);
      return context.json(encodeKeyView(view), 200);
    },
  );
}

function encodeIssuedKey(issued: IssuedKey): CreatedApiKey {
  return { ...encodeKeyView(issued), key: issued.value.reveal() };
}
