import { Secret } from "@copilot-llm/model";
import type { TokenAdmin, TokenChanges } from "@copilot-llm/provider";
import { z } from "@hono/zod-openapi";
import {
  createGithubTokenBody,
  githubTokenList,
  githubTokenQuota,
  githubTokenQuotas,
  githubTokenView,
  updateGithubTokenBody,
} from "../admin-api/schemas.js";
import { type AdminApp, json, type RouteFactory } from "./admin-router.js";
import { encodeQuota, encodeTokenView } from "./encode-views.js";

const root = "/api/admin/github-tokens";
const idParam = { params: z.object({ id: z.string() }) };

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
    async (context) => {
      const all = await tokens.quotas();
      const quotas = all.map(({ token, quotas }) => ({
        id: token.id,
        alias: token.alias,
        quotas: quotas.map(encodeQuota),
      }));
      return context.json({ quotas }, 200);
    },
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: root,
      request: { body: { ...json(createGithubTokenBody, "A pasted token"), required: true } },
      responses: { 201: json(githubTokenView, "The token, checked with GitHub") },
    }),
    async (context) => {
      const { alias, token, enabled } = context.req.valid("json");
      const input = { alias, token: new Secret(token), enabled: enabled ?? true };
      return context.json(encodeTokenView(await tokens.create(context.get("user").username, input)), 201);
    },
  );

  for (const method of ["patch", "put"] as const) {
    app.openapi(
      route("admin", {
        method,
        path: `${root}/{id}`,
        request: { ...idParam, body: { ...json(updateGithubTokenBody, "What is to change"), required: true } },
        responses: { 200: json(githubTokenView, "The changed token") },
      }),
      async (context) => {
        const { alias, token, enabled } = context.req.valid("json");
        const changes: TokenChanges = {
          ...(alias === undefined ? {} : { alias }),
          ...(token === undefined ? {} : { token: new Secret(token) }),
          ...(enabled === undefined ? {} : { enabled }),
        };
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
    async (context) => {
      const { token, quotas } = await tokens.quota(context.req.valid("param").id);
      return context.json({ id: token.id, alias: token.alias, quotas: quotas.map(encodeQuota) }, 200);
    },
  );
}
