import { Secret } from "@copilot-llm/model";
import type { NewToken, TokenAdmin, TokenQuota } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import { idParam } from "../admin-api/fields.js";
import {
  createGithubTokenBody,
  githubTokenList,
  githubTokenQuota,
  githubTokenQuotas,
  githubTokenView,
  updateGithubTokenBody,
} from "../admin-api/github-token-schemas.js";
import type { GithubTokenQuota } from "../admin-api/index.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { encodeQuota, encodeTokenView } from "./encode-views.js";
import { withoutUndefined } from "./without-undefined.js";

const root = "/api/admin/github-tokens";

/** The pooled GitHub tokens. */
export function addTokenRoutes(app: AdminApp, route: RouteFactory, tokens: TokenAdmin): void {
  app.openapi(
    route("user", {
      method: "get",
      path: root,
      responses: { 200: json(githubTokenList, "Every token, in order of creation") },
    }),
    async (context) => {
      const views = (await tokens.list()).map(encodeTokenView);
      const active = views.filter((view) => view.status === "active").length;
      return context.json({ tokens: views, total: views.length, active }, 200);
    },
  );

  app.openapi(
    route("user", {
      method: "get",
      path: `${root}/quotas`,
      responses: { 200: json(githubTokenQuotas, "Every token's quota as last seen") },
    }),
    async (context) => context.json({ quotas: (await tokens.quotas()).map(encodeTokenQuota) }, 200),
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: root,
      request: jsonBody(createGithubTokenBody, "A pasted token, or a GitHub App installation"),
      responses: { 201: json(githubTokenView, "The token, checked with GitHub; one that GitHub refuses is kept") },
    }),
    async (context) => {
      const input = decodeNewToken(context.req.valid("json"));
      return context.json(encodeTokenView(await tokens.create(context.get("user").username, input)), 201);
    },
  );

  for (const method of ["patch", "put"] as const) {
    app.openapi(
      route("admin", {
        method,
        path: `${root}/{id}`,
        request: { ...idParam, ...jsonBody(updateGithubTokenBody, "What is to change") },
        responses: { 200: json(githubTokenView, "The changed token") },
      }),
      async (context) => {
        const { alias, token, private_key: privateKey, enabled } = context.req.valid("json");
        const changes = withoutUndefined({
          alias,
          enabled,
          token: token === undefined ? undefined : new Secret(token),
          privateKey: privateKey === undefined ? undefined : new Secret(privateKey),
        });
        const view = await tokens.update(context.get("user").username, context.req.valid("param").id, changes);
        return context.json(encodeTokenView(view), 200);
      },
    );
  }

  app.openapi(
    route("admin", {
      method: "delete",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 204: { description: "Gone" } },
    }),
    async (context) => {
      await tokens.remove(context.get("user").username, context.req.valid("param").id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/{id}/toggle`,
      request: idParam,
      responses: { 200: json(githubTokenView, "Enabled or disabled, the other way round than before") },
    }),
    async (context) => {
      const view = await tokens.toggle(context.get("user").username, context.req.valid("param").id);
      return context.json(encodeTokenView(view), 200);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: `${root}/{id}/check`,
      request: idParam,
      responses: { 200: json(githubTokenView, "As GitHub says now") },
    }),
    async (context) => context.json(encodeTokenView(await tokens.check(context.req.valid("param").id)), 200),
  );

  app.openapi(
    route("user", {
      method: "get",
      path: `${root}/{id}/quota`,
      request: idParam,
      responses: { 200: json(githubTokenQuota, "The token's quota, asked of GitHub now") },
    }),
    async (context) => context.json(encodeTokenQuota(await tokens.quota(context.req.valid("param").id)), 200),
  );
}

function decodeNewToken(body: z.output<typeof createGithubTokenBody>): NewToken {
  const { alias, enabled = true } = body;
  if (body.kind !== "app_installation") {
    return { alias, enabled, credential: { kind: "user", token: new Secret(body.token) } };
  }
  const { app_id: appId, installation_id: installationId, private_key: privateKey } = body;
  const installation = { appId, installationId, privateKey: new Secret(privateKey) };
  return { alias, enabled, credential: { kind: "app_installation", installation } };
}

function encodeTokenQuota({ token, quotas }: TokenQuota): GithubTokenQuota {
  return { id: token.id, alias: token.alias, quotas: quotas.map(encodeQuota) };
}
